namespace JsRun.Engine.Native.Binding;

/// <summary>What is used of <c>v8::Context</c> and <c>v8::MicrotaskQueue</c>. Bound by <see cref="V8Gate"/>.</summary>
internal static unsafe class V8Contexts
{
    public const string NewName =
        "_ZN2v87Context3NewEPNS_7IsolateEPNS_22ExtensionConfigurationENS_10MaybeLocalINS_14ObjectTemplateEEENS5_INS_5ValueEEENS_33DeserializeInternalFieldsCallbackEPNS_14MicrotaskQueueENS_30DeserializeContextDataCallbackENS_29DeserializeAPIWrapperCallbackE";

    private const string FromSnapshotName =
        "_ZN2v87Context12FromSnapshotEPNS_7IsolateEmNS_33DeserializeInternalFieldsCallbackEPNS_22ExtensionConfigurationENS_10MaybeLocalINS_5ValueEEEPNS_14MicrotaskQueueENS_30DeserializeContextDataCallbackENS_29DeserializeAPIWrapperCallbackE";

    /// <summary><c>Local&lt;Context&gt; Context::New(isolate, extensions, global template, global object, fields, queue, data, wrappers)</c>.</summary>
    public static delegate* unmanaged<nint, nint, nint, nint, V8Callback, nint, V8Callback, V8Callback, nint> New { get; private set; }

    /// <summary><c>MaybeLocal&lt;Context&gt; Context::FromSnapshot(isolate, index, fields, extensions, global object, queue, data, wrappers)</c>.</summary>
    public static delegate* unmanaged<nint, nuint, V8Callback, nint, nint, nint, V8Callback, V8Callback, nint> FromSnapshot { get; private set; }

    /// <summary><c>void Context::Enter()</c>.</summary>
    public static delegate* unmanaged<nint, void> Enter { get; private set; }

    /// <summary><c>void Context::Exit()</c>.</summary>
    public static delegate* unmanaged<nint, void> Exit { get; private set; }

    /// <summary><c>unique_ptr&lt;MicrotaskQueue&gt; MicrotaskQueue::New(isolate, policy)</c>, the result by reference.</summary>
    public static delegate* unmanaged<nint*, nint, int, nint*> NewQueue { get; private set; }

    /// <summary>The deleting destructor of V8's one kind of <c>MicrotaskQueue</c>.</summary>
    public static delegate* unmanaged<nint, void> DeleteQueue { get; private set; }

    /// <summary><c>int Isolate::ContextDisposedNotification(ContextDependants)</c>: 0 for none.</summary>
    public static delegate* unmanaged<nint, int, int> Disposed { get; private set; }

    public static void Bind(V8Library library)
    {
        Disposed = (delegate* unmanaged<nint, int, int>)library.Take("_ZN2v87Isolate27ContextDisposedNotificationENS_17ContextDependantsE");
        New = (delegate* unmanaged<nint, nint, nint, nint, V8Callback, nint, V8Callback, V8Callback, nint>)library.Take(NewName);
        FromSnapshot = (delegate* unmanaged<nint, nuint, V8Callback, nint, nint, nint, V8Callback, V8Callback, nint>)library.Take(FromSnapshotName);
        Enter = (delegate* unmanaged<nint, void>)library.Take("_ZN2v87Context5EnterEv");
        Exit = (delegate* unmanaged<nint, void>)library.Take("_ZN2v87Context4ExitEv");
        NewQueue = (delegate* unmanaged<nint*, nint, int, nint*>)library.Take("_ZN2v814MicrotaskQueue3NewEPNS_7IsolateENS_16MicrotasksPolicyE");
        DeleteQueue = (delegate* unmanaged<nint, void>)library.Take("_ZN2v88internal14MicrotaskQueueD0Ev");
    }
}
