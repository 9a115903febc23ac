using JsRun.Engine.Native.Handles;

namespace JsRun.Engine.Native.Binding;

/// <summary>What lazy properties use of V8.</summary>
internal sealed unsafe class V8LazyProperties
{
    /// <summary><c>Maybe&lt;bool&gt; Object::SetLazyDataProperty(context, name, getter, data, attributes, side effect of the getter, of the setter)</c>.</summary>
    public delegate* unmanaged<ValueHandle, ContextHandle, ValueHandle, delegate* unmanaged<ValueHandle, TaggedAddress*, void>, ValueHandle, int, int, int, ushort> Set { get; }

    /// <summary><c>Maybe&lt;bool&gt; Object::HasRealNamedCallbackProperty(context, name)</c>: whether it has a getter or setter still, of V8's or of a script's.</summary>
    public delegate* unmanaged<ValueHandle, ContextHandle, ValueHandle, ushort> IsCallback { get; }

    /// <summary><c>Local&lt;Value&gt; Isolate::ThrowError(message)</c>.</summary>
    public delegate* unmanaged<IsolatePtr, ValueHandle, ValueHandle> ThrowError { get; }

    /// <summary><c>void Context::SetEmbedderData(index, value)</c>.</summary>
    public delegate* unmanaged<ContextHandle, int, ValueHandle, void> SetData { get; }

    /// <summary><c>Local&lt;Value&gt; Context::SlowGetEmbedderData(index)</c>.</summary>
    public delegate* unmanaged<ContextHandle, int, ValueHandle> GetData { get; }

    /// <summary><c>uint32_t Context::GetNumberOfEmbedderDataFields()</c>.</summary>
    public delegate* unmanaged<ContextHandle, uint> CountData { get; }

    public V8LazyProperties(V8Library library)
    {
        Set = (delegate* unmanaged<ValueHandle, ContextHandle, ValueHandle, delegate* unmanaged<ValueHandle, TaggedAddress*, void>, ValueHandle, int, int, int, ushort>)library.Take(
            "_ZN2v86Object19SetLazyDataPropertyENS_5LocalINS_7ContextEEENS1_INS_4NameEEEPFvS5_RKNS_20PropertyCallbackInfoINS_5ValueEEEENS1_IS7_EENS_17PropertyAttributeENS_14SideEffectTypeESF_");
        IsCallback = (delegate* unmanaged<ValueHandle, ContextHandle, ValueHandle, ushort>)library.Take("_ZN2v86Object28HasRealNamedCallbackPropertyENS_5LocalINS_7ContextEEENS1_INS_4NameEEE");
        ThrowError = (delegate* unmanaged<IsolatePtr, ValueHandle, ValueHandle>)library.Take("_ZN2v87Isolate10ThrowErrorENS_5LocalINS_6StringEEE");
        SetData = (delegate* unmanaged<ContextHandle, int, ValueHandle, void>)library.Take("_ZN2v87Context15SetEmbedderDataEiNS_5LocalINS_5ValueEEE");
        GetData = (delegate* unmanaged<ContextHandle, int, ValueHandle>)library.Take("_ZN2v87Context19SlowGetEmbedderDataEi");
        CountData = (delegate* unmanaged<ContextHandle, uint>)library.Take("_ZN2v87Context29GetNumberOfEmbedderDataFieldsEv");
    }
}
