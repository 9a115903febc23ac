using JsRun.Engine.Native.Handles;

namespace JsRun.Engine.Native.Binding;

/// <summary>The functions behind the hooks of promises and of V8's own tasks.</summary>
internal sealed unsafe class V8Tasks(V8Library library)
{
    public const string SetPromiseHookName = "_ZN2v87Isolate14SetPromiseHookEPFvNS_15PromiseHookTypeENS_5LocalINS_7PromiseEEENS2_INS_5ValueEEEE";
    public const string RunName = "_ZN13V8IsolateImpl24ProcessCallWithLockQueueERSt5queueISt4pairIbSt8functionIFvPS_EEESt5dequeIS6_SaIS6_EEE";

    /// <summary><c>void Isolate::SetPromiseHook(PromiseHook)</c>.</summary>
    public delegate* unmanaged<IsolatePtr, PromiseHookPtr, void> SetPromiseHook { get; } = (delegate* unmanaged<IsolatePtr, PromiseHookPtr, void>)library.Take(SetPromiseHookName);

    /// <summary><c>void V8IsolateImpl::ProcessCallWithLockQueue(queue&amp;)</c>: runs and removes the tasks; with the isolate entered.</summary>
    public delegate* unmanaged<OpaquePtr, OpaquePtr, void> Run { get; } = (delegate* unmanaged<OpaquePtr, OpaquePtr, void>)library.Take(RunName);
}
