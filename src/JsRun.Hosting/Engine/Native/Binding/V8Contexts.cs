using JsRun.Engine.Native.Handles;

namespace JsRun.Engine.Native.Binding;

/// <summary>What is used of <c>v8::Context</c> and <c>v8::MicrotaskQueue</c>.</summary>
internal sealed unsafe class V8Contexts
{
    public const string NewName =
        "_ZN2v87Context3NewEPNS_7IsolateEPNS_22ExtensionConfigurationENS_10MaybeLocalINS_14ObjectTemplateEEENS5_INS_5ValueEEENS_33DeserializeInternalFieldsCallbackEPNS_14MicrotaskQueueENS_30DeserializeContextDataCallbackENS_29DeserializeAPIWrapperCallbackE";

    private const string FromSnapshotName =
        "_ZN2v87Context12FromSnapshotEPNS_7IsolateEmNS_33DeserializeInternalFieldsCallbackEPNS_22ExtensionConfigurationENS_10MaybeLocalINS_5ValueEEEPNS_14MicrotaskQueueENS_30DeserializeContextDataCallbackENS_29DeserializeAPIWrapperCallbackE";

    /// <summary><c>Local&lt;Context&gt; Context::New(isolate, extensions, global template, global object, fields, queue, data, wrappers)</c>.</summary>
    public delegate* unmanaged<IsolatePtr, OpaquePtr, OpaquePtr, ValueHandle, V8Callback, QueuePtr, V8Callback, V8Callback, ContextHandle> New { get; }

    /// <summary><c>MaybeLocal&lt;Context&gt; Context::FromSnapshot(isolate, index, fields, extensions, global object, queue, data, wrappers)</c>.</summary>
    public delegate* unmanaged<IsolatePtr, nuint, V8Callback, OpaquePtr, ValueHandle, QueuePtr, V8Callback, V8Callback, ContextHandle> FromSnapshot { get; }

    /// <summary><c>void Context::Enter()</c>.</summary>
    public delegate* unmanaged<ContextHandle, void> Enter { get; }

    /// <summary><c>void Context::Exit()</c>.</summary>
    public delegate* unmanaged<ContextHandle, void> Exit { get; }

    /// <summary><c>unique_ptr&lt;MicrotaskQueue&gt; MicrotaskQueue::New(isolate, policy)</c>, the result by reference.</summary>
    public delegate* unmanaged<QueuePtr*, IsolatePtr, MicrotasksPolicy, QueuePtr*> NewQueue { get; }

    /// <summary>The deleting destructor of V8's one kind of <c>MicrotaskQueue</c>.</summary>
    public delegate* unmanaged<QueuePtr, void> DeleteQueue { get; }

    /// <summary><c>int Isolate::ContextDisposedNotification(ContextDependants)</c>: 0 for none.</summary>
    public delegate* unmanaged<IsolatePtr, int, int> Disposed { get; }

    public V8Contexts(V8Library library)
    {
        Disposed = (delegate* unmanaged<IsolatePtr, int, int>)library.Take("_ZN2v87Isolate27ContextDisposedNotificationENS_17ContextDependantsE");
        New = (delegate* unmanaged<IsolatePtr, OpaquePtr, OpaquePtr, ValueHandle, V8Callback, QueuePtr, V8Callback, V8Callback, ContextHandle>)library.Take(NewName);
        FromSnapshot = (delegate* unmanaged<IsolatePtr, nuint, V8Callback, OpaquePtr, ValueHandle, QueuePtr, V8Callback, V8Callback, ContextHandle>)library.Take(FromSnapshotName);
        Enter = (delegate* unmanaged<ContextHandle, void>)library.Take("_ZN2v87Context5EnterEv");
        Exit = (delegate* unmanaged<ContextHandle, void>)library.Take("_ZN2v87Context4ExitEv");
        NewQueue = (delegate* unmanaged<QueuePtr*, IsolatePtr, MicrotasksPolicy, QueuePtr*>)library.Take("_ZN2v814MicrotaskQueue3NewEPNS_7IsolateENS_16MicrotasksPolicyE");
        DeleteQueue = (delegate* unmanaged<QueuePtr, void>)library.Take("_ZN2v88internal14MicrotaskQueueD0Ev");
    }
}
