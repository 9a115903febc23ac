namespace JsRun.Engine.Native.Binding;

/// <summary>
/// Where things are in V8 14.7.173.23 as it is built into ClearScript 7.5.1.1 for linux-x64. They hold for that one library, which <see cref="V8Gate"/> knows by its fingerprint.
/// </summary>
internal static class V8Layout
{
    /// <summary><c>Isolate::CreateParams::constraints.max_old_generation_size_in_bytes</c>: read only, to see that the parameters are laid out as expected.</summary>
    public const int ParamsMaxOldGenerationSize = 16;

    /// <summary><c>Isolate::CreateParams::constraints.initial_old_generation_size_in_bytes</c>.</summary>
    public const int ParamsInitialOldGenerationSize = 32;

    /// <summary><c>Isolate::CreateParams::snapshot_blob</c>.</summary>
    public const int ParamsSnapshotBlob = 64;

    /// <summary><c>Isolate::CreateParams::array_buffer_allocator</c>.</summary>
    public const int ParamsArrayBufferAllocator = 96;

    /// <summary><c>Isolate::CreateParams::array_buffer_allocator_shared</c>.</summary>
    public const int ParamsArrayBufferAllocatorShared = 104;

    /// <summary><c>Isolate::CreateParams::external_references</c>.</summary>
    public const int ParamsExternalReferences = 120;

    /// <summary><c>Isolate::CreateParams::allow_atomics_wait</c>, which follows it and is true: read only, as the first.</summary>
    public const int ParamsAllowAtomicsWait = 128;

    /// <summary>More than <c>sizeof(Isolate::CreateParams)</c>, which is 160.</summary>
    public const int ParamsSize = 256;

    /// <summary>More than <c>sizeof(TryCatch)</c>.</summary>
    public const int SizeOfTryCatch = 256;

    /// <summary><c>HandleScopeData::next</c>, <c>limit</c>, <c>level</c> of an isolate: the scope's constructor and destructor are inline in V8's headers.</summary>
    public const int IsolateHandleScopeNext = 0x230;

    public const int IsolateHandleScopeLimit = 0x238;

    public const int IsolateHandleScopeLevel = 0x240;

    /// <summary>The slot in which ClearScript keeps its own object of an isolate.</summary>
    public const int IsolateDataSlot0 = 0x248;

    /// <summary>The value that a getter returns, among the words of <c>PropertyCallbackInfo</c>.</summary>
    public const int PropertyReturnValue = 6;

    /// <summary><c>Just(true)</c> of a <c>Maybe&lt;bool&gt;</c>.</summary>
    public const int JustTrue = 0x101;

    /// <summary><c>NativeContext::microtask_queue</c>, from the object's tagged address.</summary>
    public const int ContextQueue = 0x99f;

    /// <summary><c>Microtask::continuation_preserved_embedder_data</c>, likewise.</summary>
    public const int MicrotaskFrame = 0x7;
}
