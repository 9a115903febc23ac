using JsRun.Engine.Native.Handles;

namespace JsRun.Engine.Native.Binding;

/// <summary>What is used of V8's values, and of the isolate's hooks for promises and imports. None of it runs code of users.</summary>
internal sealed unsafe class V8Objects
{
    public const string CallAsFunctionName = "_ZN2v86Object14CallAsFunctionENS_5LocalINS_7ContextEEENS1_INS_5ValueEEEiPS5_";

    /// <summary><c>Local&lt;Context&gt; Isolate::GetCurrentContext()</c>: null where none is entered.</summary>
    public delegate* unmanaged<IsolatePtr, ContextHandle> CurrentContext { get; }

    public delegate* unmanaged<ContextHandle, ValueHandle> Global { get; }

    /// <summary><c>Local&lt;Object&gt; Context::GetExtrasBindingObject()</c>: builtins that V8 keeps for its embedder.</summary>
    public delegate* unmanaged<ContextHandle, ValueHandle> Extras { get; }

    /// <summary><c>MaybeLocal&lt;Value&gt; Object::Get(context, key)</c>: only for objects whose properties are known to be plain ones.</summary>
    public delegate* unmanaged<ValueHandle, ContextHandle, ValueHandle, ValueHandle> Get { get; }

    /// <summary><c>MaybeLocal&lt;Value&gt; Object::Get(context, index)</c>: the same.</summary>
    public delegate* unmanaged<ValueHandle, ContextHandle, uint, ValueHandle> GetAt { get; }

    /// <summary><c>Maybe&lt;bool&gt; Object::CreateDataProperty(context, index, value)</c>: no setter of anybody's is called.</summary>
    public delegate* unmanaged<ValueHandle, ContextHandle, uint, ValueHandle, ushort> DefineAt { get; }

    public delegate* unmanaged<ValueHandle, byte> IsArray { get; }

    public delegate* unmanaged<ValueHandle, byte> IsFunction { get; }

    public delegate* unmanaged<ValueHandle, byte> IsInt32 { get; }

    public delegate* unmanaged<IsolatePtr, int, ValueHandle> NewInteger { get; }

    public delegate* unmanaged<ValueHandle, int> ReadInt32 { get; }

    /// <summary><c>Local&lt;Value&gt; Isolate::GetContinuationPreservedEmbedderData()</c>.</summary>
    public delegate* unmanaged<IsolatePtr, ValueHandle> ContinuationData { get; }

    public delegate* unmanaged<IsolatePtr, delegate* unmanaged<PromiseRejection, void>, void> SetRejectCallback { get; }

    public delegate* unmanaged<IsolatePtr, delegate* unmanaged<ContextHandle, OpaquePtr, ValueHandle, ValueHandle, FixedArrayHandle, ValueHandle>, void> SetImportCallback { get; }

    /// <summary><c>MaybeLocal&lt;Value&gt; Function::Call(context, receiver, count, arguments)</c>: for functions of the kernel's.</summary>
    public delegate* unmanaged<ValueHandle, ContextHandle, ValueHandle, int, ValueHandle*, ValueHandle> Call { get; }

    /// <summary><c>MaybeLocal&lt;Value&gt; Object::CallAsFunction(context, receiver, count, arguments)</c>: what ClearScript calls functions with.</summary>
    public delegate* unmanaged<ValueHandle, ContextHandle, ValueHandle, int, ValueHandle*, ValueHandle> CallAsFunction { get; }

    /// <summary><c>Local&lt;Value&gt; Isolate::ThrowException(value)</c>.</summary>
    public delegate* unmanaged<IsolatePtr, ValueHandle, ValueHandle> Throw { get; }

    /// <summary><c>int FixedArray::Length()</c>.</summary>
    public delegate* unmanaged<FixedArrayHandle, int> FixedLength { get; }

    /// <summary><c>Local&lt;Data&gt; FixedArray::Get(index)</c>.</summary>
    public delegate* unmanaged<FixedArrayHandle, int, ValueHandle> FixedAt { get; }

    public V8Objects(V8Library library)
    {
        CurrentContext = (delegate* unmanaged<IsolatePtr, ContextHandle>)library.Take("_ZN2v87Isolate17GetCurrentContextEv");
        Global = (delegate* unmanaged<ContextHandle, ValueHandle>)library.Take("_ZN2v87Context6GlobalEv");
        Extras = (delegate* unmanaged<ContextHandle, ValueHandle>)library.Take("_ZN2v87Context22GetExtrasBindingObjectEv");
        Get = (delegate* unmanaged<ValueHandle, ContextHandle, ValueHandle, ValueHandle>)library.Take("_ZN2v86Object3GetENS_5LocalINS_7ContextEEENS1_INS_5ValueEEE");
        GetAt = (delegate* unmanaged<ValueHandle, ContextHandle, uint, ValueHandle>)library.Take("_ZN2v86Object3GetENS_5LocalINS_7ContextEEEj");
        DefineAt = (delegate* unmanaged<ValueHandle, ContextHandle, uint, ValueHandle, ushort>)library.Take("_ZN2v86Object18CreateDataPropertyENS_5LocalINS_7ContextEEEjNS1_INS_5ValueEEE");
        IsArray = (delegate* unmanaged<ValueHandle, byte>)library.Take("_ZNK2v85Value7IsArrayEv");
        IsFunction = (delegate* unmanaged<ValueHandle, byte>)library.Take("_ZNK2v85Value10IsFunctionEv");
        IsInt32 = (delegate* unmanaged<ValueHandle, byte>)library.Take("_ZNK2v85Value7IsInt32Ev");
        NewInteger = (delegate* unmanaged<IsolatePtr, int, ValueHandle>)library.Take("_ZN2v87Integer3NewEPNS_7IsolateEi");
        ReadInt32 = (delegate* unmanaged<ValueHandle, int>)library.Take("_ZNK2v85Int325ValueEv");
        ContinuationData = (delegate* unmanaged<IsolatePtr, ValueHandle>)library.Take("_ZN2v87Isolate36GetContinuationPreservedEmbedderDataEv");
        SetImportCallback = (delegate* unmanaged<IsolatePtr, delegate* unmanaged<ContextHandle, OpaquePtr, ValueHandle, ValueHandle, FixedArrayHandle, ValueHandle>, void>)library.Take(
            "_ZN2v87Isolate38SetHostImportModuleDynamicallyCallbackEPFNS_10MaybeLocalINS_7PromiseEEENS_5LocalINS_7ContextEEENS4_INS_4DataEEENS4_INS_5ValueEEENS4_INS_6StringEEENS4_INS_10FixedArrayEEEE");
        Call = (delegate* unmanaged<ValueHandle, ContextHandle, ValueHandle, int, ValueHandle*, ValueHandle>)library.Take("_ZN2v88Function4CallENS_5LocalINS_7ContextEEENS1_INS_5ValueEEEiPS5_");
        CallAsFunction = (delegate* unmanaged<ValueHandle, ContextHandle, ValueHandle, int, ValueHandle*, ValueHandle>)library.Take(CallAsFunctionName);
        Throw = (delegate* unmanaged<IsolatePtr, ValueHandle, ValueHandle>)library.Take("_ZN2v87Isolate14ThrowExceptionENS_5LocalINS_5ValueEEE");
        FixedLength = (delegate* unmanaged<FixedArrayHandle, int>)library.Take("_ZNK2v810FixedArray6LengthEv");
        FixedAt = (delegate* unmanaged<FixedArrayHandle, int, ValueHandle>)library.Take("_ZNK2v810FixedArray3GetEi");
        SetRejectCallback = (delegate* unmanaged<IsolatePtr, delegate* unmanaged<PromiseRejection, void>, void>)library.Take("_ZN2v87Isolate24SetPromiseRejectCallbackEPFvNS_20PromiseRejectMessageEE");
    }
}
