namespace JsRun.Engine.Native.Binding;

/// <summary>What lazy properties use of V8. Bound by <see cref="V8Gate"/>.</summary>
internal static unsafe class V8LazyProperties
{
    /// <summary><c>Maybe&lt;bool&gt; Object::SetLazyDataProperty(context, name, getter, data, attributes, side effect of the getter, of the setter)</c>.</summary>
    public static delegate* unmanaged<nint, nint, nint, delegate* unmanaged<nint, nint*, void>, nint, int, int, int, ushort> Set { get; private set; }

    /// <summary><c>Maybe&lt;bool&gt; Object::HasRealNamedCallbackProperty(context, name)</c>: whether it has a getter or setter still, of V8's or of a script's.</summary>
    public static delegate* unmanaged<nint, nint, nint, ushort> IsCallback { get; private set; }

    /// <summary><c>Local&lt;Value&gt; Isolate::ThrowError(message)</c>.</summary>
    public static delegate* unmanaged<nint, nint, nint> ThrowError { get; private set; }

    /// <summary><c>void Context::SetEmbedderData(index, value)</c>.</summary>
    public static delegate* unmanaged<nint, int, nint, void> SetData { get; private set; }

    /// <summary><c>Local&lt;Value&gt; Context::SlowGetEmbedderData(index)</c>.</summary>
    public static delegate* unmanaged<nint, int, nint> GetData { get; private set; }

    /// <summary><c>uint32_t Context::GetNumberOfEmbedderDataFields()</c>.</summary>
    public static delegate* unmanaged<nint, uint> CountData { get; private set; }

    public static void Bind(V8Library library)
    {
        Set = (delegate* unmanaged<nint, nint, nint, delegate* unmanaged<nint, nint*, void>, nint, int, int, int, ushort>)library.Take(
            "_ZN2v86Object19SetLazyDataPropertyENS_5LocalINS_7ContextEEENS1_INS_4NameEEEPFvS5_RKNS_20PropertyCallbackInfoINS_5ValueEEEENS1_IS7_EENS_17PropertyAttributeENS_14SideEffectTypeESF_");
        IsCallback = (delegate* unmanaged<nint, nint, nint, ushort>)library.Take("_ZN2v86Object28HasRealNamedCallbackPropertyENS_5LocalINS_7ContextEEENS1_INS_4NameEEE");
        ThrowError = (delegate* unmanaged<nint, nint, nint>)library.Take("_ZN2v87Isolate10ThrowErrorENS_5LocalINS_6StringEEE");
        SetData = (delegate* unmanaged<nint, int, nint, void>)library.Take("_ZN2v87Context15SetEmbedderDataEiNS_5LocalINS_5ValueEEE");
        GetData = (delegate* unmanaged<nint, int, nint>)library.Take("_ZN2v87Context19SlowGetEmbedderDataEi");
        CountData = (delegate* unmanaged<nint, uint>)library.Take("_ZN2v87Context29GetNumberOfEmbedderDataFieldsEv");
    }
}
