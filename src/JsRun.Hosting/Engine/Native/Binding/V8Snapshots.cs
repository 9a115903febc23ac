using JsRun.Engine.Native.Handles;

namespace JsRun.Engine.Native.Binding;

/// <summary>What building an image uses of V8.</summary>
internal sealed unsafe class V8Snapshots
{
    public delegate* unmanaged<byte*, void> CreateParams { get; }

    public delegate* unmanaged<OpaquePtr> NewAllocator { get; }

    public delegate* unmanaged<IsolatePtr> AllocateIsolate { get; }

    /// <summary><c>SnapshotCreator(Isolate*, const CreateParams&amp;)</c>.</summary>
    public delegate* unmanaged<byte*, IsolatePtr, byte*, void> Create { get; }

    public delegate* unmanaged<byte*, void> Destroy { get; }

    public delegate* unmanaged<byte*, ContextHandle, V8Callback, V8Callback, V8Callback, void> SetDefaultContext { get; }

    public delegate* unmanaged<byte*, ContextHandle, V8Callback, V8Callback, V8Callback, nuint> AddContext { get; }

    /// <summary><c>StartupData CreateBlob(FunctionCodeHandling)</c>.</summary>
    public delegate* unmanaged<byte*, int, V8StartupData> CreateBlob { get; }

    /// <summary><c>HandleScope::DeleteExtensions(internal::Isolate*)</c>.</summary>
    public delegate* unmanaged<IsolatePtr, void> DeleteHandles { get; }

    /// <summary><c>operator delete[]</c> as the library has it.</summary>
    public delegate* unmanaged<byte*, void> DeleteArray { get; }

    public V8Snapshots(V8Library library)
    {
        CreateParams = (delegate* unmanaged<byte*, void>)library.Take("_ZN2v87Isolate12CreateParamsC1Ev");
        NewAllocator = (delegate* unmanaged<OpaquePtr>)library.Take("_ZN2v811ArrayBuffer9Allocator19NewDefaultAllocatorEv");
        AllocateIsolate = (delegate* unmanaged<IsolatePtr>)library.Take("_ZN2v87Isolate8AllocateEv");
        Create = (delegate* unmanaged<byte*, IsolatePtr, byte*, void>)library.Take("_ZN2v815SnapshotCreatorC1EPNS_7IsolateERKNS1_12CreateParamsE");
        Destroy = (delegate* unmanaged<byte*, void>)library.Take("_ZN2v815SnapshotCreatorD1Ev");
        SetDefaultContext = (delegate* unmanaged<byte*, ContextHandle, V8Callback, V8Callback, V8Callback, void>)library.Take(
            "_ZN2v815SnapshotCreator17SetDefaultContextENS_5LocalINS_7ContextEEENS_31SerializeInternalFieldsCallbackENS_28SerializeContextDataCallbackENS_27SerializeAPIWrapperCallbackE");
        AddContext = (delegate* unmanaged<byte*, ContextHandle, V8Callback, V8Callback, V8Callback, nuint>)library.Take(
            "_ZN2v815SnapshotCreator10AddContextENS_5LocalINS_7ContextEEENS_31SerializeInternalFieldsCallbackENS_28SerializeContextDataCallbackENS_27SerializeAPIWrapperCallbackE");
        CreateBlob = (delegate* unmanaged<byte*, int, V8StartupData>)library.Take("_ZN2v815SnapshotCreator10CreateBlobENS0_20FunctionCodeHandlingE");
        DeleteHandles = (delegate* unmanaged<IsolatePtr, void>)library.Take("_ZN2v88internal11HandleScope16DeleteExtensionsEPNS0_7IsolateE");
        DeleteArray = (delegate* unmanaged<byte*, void>)library.Take("_ZdaPv");
    }
}
