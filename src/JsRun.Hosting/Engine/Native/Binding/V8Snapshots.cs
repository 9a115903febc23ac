namespace JsRun.Engine.Native.Binding;

/// <summary>What building an image uses of V8. Bound by <see cref="V8Gate"/>.</summary>
internal static unsafe class V8Snapshots
{
    public static delegate* unmanaged<byte*, void> CreateParams { get; private set; }

    public static delegate* unmanaged<nint> NewAllocator { get; private set; }

    public static delegate* unmanaged<nint> AllocateIsolate { get; private set; }

    /// <summary><c>SnapshotCreator(Isolate*, const CreateParams&amp;)</c>.</summary>
    public static delegate* unmanaged<byte*, nint, byte*, void> Create { get; private set; }

    public static delegate* unmanaged<byte*, void> Destroy { get; private set; }

    public static delegate* unmanaged<byte*, nint, V8Callback, V8Callback, V8Callback, void> SetDefaultContext { get; private set; }

    public static delegate* unmanaged<byte*, nint, V8Callback, V8Callback, V8Callback, nuint> AddContext { get; private set; }

    /// <summary><c>StartupData CreateBlob(FunctionCodeHandling)</c>.</summary>
    public static delegate* unmanaged<byte*, int, V8StartupData> CreateBlob { get; private set; }

    /// <summary><c>V8HandleScope::DeleteExtensions(internal::Isolate*)</c>.</summary>
    public static delegate* unmanaged<nint, void> DeleteHandles { get; private set; }

    /// <summary><c>operator delete[]</c> as the library has it.</summary>
    public static delegate* unmanaged<byte*, void> DeleteArray { get; private set; }

    public static void Bind(V8Library library)
    {
        CreateParams = (delegate* unmanaged<byte*, void>)library.Take("_ZN2v87Isolate12CreateParamsC1Ev");
        NewAllocator = (delegate* unmanaged<nint>)library.Take("_ZN2v811ArrayBuffer9Allocator19NewDefaultAllocatorEv");
        AllocateIsolate = (delegate* unmanaged<nint>)library.Take("_ZN2v87Isolate8AllocateEv");
        Create = (delegate* unmanaged<byte*, nint, byte*, void>)library.Take("_ZN2v815SnapshotCreatorC1EPNS_7IsolateERKNS1_12CreateParamsE");
        Destroy = (delegate* unmanaged<byte*, void>)library.Take("_ZN2v815SnapshotCreatorD1Ev");
        SetDefaultContext = (delegate* unmanaged<byte*, nint, V8Callback, V8Callback, V8Callback, void>)library.Take(
            "_ZN2v815SnapshotCreator17SetDefaultContextENS_5LocalINS_7ContextEEENS_31SerializeInternalFieldsCallbackENS_28SerializeContextDataCallbackENS_27SerializeAPIWrapperCallbackE");
        AddContext = (delegate* unmanaged<byte*, nint, V8Callback, V8Callback, V8Callback, nuint>)library.Take(
            "_ZN2v815SnapshotCreator10AddContextENS_5LocalINS_7ContextEEENS_31SerializeInternalFieldsCallbackENS_28SerializeContextDataCallbackENS_27SerializeAPIWrapperCallbackE");
        CreateBlob = (delegate* unmanaged<byte*, int, V8StartupData>)library.Take("_ZN2v815SnapshotCreator10CreateBlobENS0_20FunctionCodeHandlingE");
        DeleteHandles = (delegate* unmanaged<nint, void>)library.Take("_ZN2v88internal11HandleScope16DeleteExtensionsEPNS0_7IsolateE");
        DeleteArray = (delegate* unmanaged<byte*, void>)library.Take("_ZdaPv");
    }
}
