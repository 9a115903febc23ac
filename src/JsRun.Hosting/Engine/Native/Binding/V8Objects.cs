namespace JsRun.Engine.Native.Binding;

/// <summary>What is used of V8's values, and of the isolate's hooks for promises and imports. Bound by <see cref="V8Gate"/>. None of it runs code of users.</summary>
internal static unsafe class V8Objects
{
    /// <summary><c>Local&lt;Context&gt; Isolate::GetCurrentContext()</c>: null where none is entered.</summary>
    public static delegate* unmanaged<nint, nint> CurrentContext { get; private set; }

    public static delegate* unmanaged<nint, nint> Global { get; private set; }

    /// <summary><c>Local&lt;Object&gt; Context::GetExtrasBindingObject()</c>: builtins that V8 keeps for its embedder.</summary>
    public static delegate* unmanaged<nint, nint> Extras { get; private set; }

    /// <summary><c>MaybeLocal&lt;Value&gt; Object::Get(context, key)</c>: only for objects whose properties are known to be plain ones.</summary>
    public static delegate* unmanaged<nint, nint, nint, nint> Get { get; private set; }

    /// <summary><c>MaybeLocal&lt;Value&gt; Object::Get(context, index)</c>: the same.</summary>
    public static delegate* unmanaged<nint, nint, uint, nint> GetAt { get; private set; }

    /// <summary><c>Maybe&lt;bool&gt; Object::CreateDataProperty(context, index, value)</c>: no setter of anybody's is called.</summary>
    public static delegate* unmanaged<nint, nint, uint, nint, ushort> DefineAt { get; private set; }

    public static delegate* unmanaged<nint, byte> IsArray { get; private set; }

    public static delegate* unmanaged<nint, byte> IsFunction { get; private set; }

    public static delegate* unmanaged<nint, byte> IsInt32 { get; private set; }

    public static delegate* unmanaged<nint, int, nint> NewInteger { get; private set; }

    public static delegate* unmanaged<nint, int> ReadInt32 { get; private set; }

    /// <summary><c>Local&lt;Value&gt; Isolate::GetContinuationPreservedEmbedderData()</c>.</summary>
    public static delegate* unmanaged<nint, nint> ContinuationData { get; private set; }

    public static delegate* unmanaged<nint, delegate* unmanaged<PromiseRejection, void>, void> SetRejectCallback { get; private set; }

    public static delegate* unmanaged<nint, delegate* unmanaged<nint, nint, nint, nint, nint, nint>, void> SetImportCallback { get; private set; }

    /// <summary><c>MaybeLocal&lt;Value&gt; Function::Call(context, receiver, count, arguments)</c>: for functions of the kernel's.</summary>
    public static delegate* unmanaged<nint, nint, nint, int, nint*, nint> Call { get; private set; }

    /// <summary><c>Local&lt;Value&gt; Isolate::ThrowException(value)</c>.</summary>
    public static delegate* unmanaged<nint, nint, nint> Throw { get; private set; }

    /// <summary><c>int FixedArray::Length()</c>.</summary>
    public static delegate* unmanaged<nint, int> FixedLength { get; private set; }

    /// <summary><c>Local&lt;Data&gt; FixedArray::Get(index)</c>.</summary>
    public static delegate* unmanaged<nint, int, nint> FixedAt { get; private set; }

    public static void Bind(V8Library library)
    {
        CurrentContext = (delegate* unmanaged<nint, nint>)library.Take("_ZN2v87Isolate17GetCurrentContextEv");
        Global = (delegate* unmanaged<nint, nint>)library.Take("_ZN2v87Context6GlobalEv");
        Extras = (delegate* unmanaged<nint, nint>)library.Take("_ZN2v87Context22GetExtrasBindingObjectEv");
        Get = (delegate* unmanaged<nint, nint, nint, nint>)library.Take("_ZN2v86Object3GetENS_5LocalINS_7ContextEEENS1_INS_5ValueEEE");
        GetAt = (delegate* unmanaged<nint, nint, uint, nint>)library.Take("_ZN2v86Object3GetENS_5LocalINS_7ContextEEEj");
        DefineAt = (delegate* unmanaged<nint, nint, uint, nint, ushort>)library.Take("_ZN2v86Object18CreateDataPropertyENS_5LocalINS_7ContextEEEjNS1_INS_5ValueEEE");
        IsArray = (delegate* unmanaged<nint, byte>)library.Take("_ZNK2v85Value7IsArrayEv");
        IsFunction = (delegate* unmanaged<nint, byte>)library.Take("_ZNK2v85Value10IsFunctionEv");
        IsInt32 = (delegate* unmanaged<nint, byte>)library.Take("_ZNK2v85Value7IsInt32Ev");
        NewInteger = (delegate* unmanaged<nint, int, nint>)library.Take("_ZN2v87Integer3NewEPNS_7IsolateEi");
        ReadInt32 = (delegate* unmanaged<nint, int>)library.Take("_ZNK2v85Int325ValueEv");
        ContinuationData = (delegate* unmanaged<nint, nint>)library.Take("_ZN2v87Isolate36GetContinuationPreservedEmbedderDataEv");
        SetImportCallback = (delegate* unmanaged<nint, delegate* unmanaged<nint, nint, nint, nint, nint, nint>, void>)library.Take(
            "_ZN2v87Isolate38SetHostImportModuleDynamicallyCallbackEPFNS_10MaybeLocalINS_7PromiseEEENS_5LocalINS_7ContextEEENS4_INS_4DataEEENS4_INS_5ValueEEENS4_INS_6StringEEENS4_INS_10FixedArrayEEEE");
        Call = (delegate* unmanaged<nint, nint, nint, int, nint*, nint>)library.Take("_ZN2v88Function4CallENS_5LocalINS_7ContextEEENS1_INS_5ValueEEEiPS5_");
        Throw = (delegate* unmanaged<nint, nint, nint>)library.Take("_ZN2v87Isolate14ThrowExceptionENS_5LocalINS_5ValueEEE");
        FixedLength = (delegate* unmanaged<nint, int>)library.Take("_ZNK2v810FixedArray6LengthEv");
        FixedAt = (delegate* unmanaged<nint, int, nint>)library.Take("_ZNK2v810FixedArray3GetEi");
        SetRejectCallback = (delegate* unmanaged<nint, delegate* unmanaged<PromiseRejection, void>, void>)library.Take("_ZN2v87Isolate24SetPromiseRejectCallbackEPFvNS_20PromiseRejectMessageEE");
    }
}
