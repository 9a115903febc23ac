using JsRun.Engine.Native.Binding;
using JsRun.Engine.Native.Handles;
using JsRun.Engine.Native.Images;

namespace JsRun.Engine.Native;

/// <summary>While it lasts, its thread makes one isolate.</summary>
internal sealed class NativeIsolateScope(ImageMemory? image, long garbageBytes) : IDisposable
{
    public ImageMemory? Image { get; } = image;

    /// <summary>The size to which its heap may grow before V8 collects what contexts have left; 0 for V8's own choice.</summary>
    public long GarbageBytes { get; } = garbageBytes;

    /// <summary>What was made.</summary>
    public NativeIsolate? Isolate { get; set; }

    /// <summary>ClearScript's private object of the isolate.</summary>
    public OpaquePtr ClearScriptData { get; private set; }

    /// <summary>What ClearScript asked V8 for, for the self-test.</summary>
    public IsolateParameters Parameters { get; private set; }

    public unsafe void Examine(IsolatePtr isolate, byte* parameters)
    {
        ClearScriptData = *(OpaquePtr*)(isolate.Address + V8Layout.IsolateDataSlot0);
        Parameters = new IsolateParameters(
            *(nint*)(parameters + V8Layout.ParamsMaxOldGenerationSize),
            *(nint*)(parameters + V8Layout.ParamsInitialOldGenerationSize),
            *(OpaquePtr*)(parameters + V8Layout.ParamsSnapshotBlob),
            *(OpaquePtr*)(parameters + V8Layout.ParamsArrayBufferAllocator),
            *(OpaquePtr*)(parameters + V8Layout.ParamsArrayBufferAllocatorShared),
            *(OpaquePtr*)(parameters + V8Layout.ParamsExternalReferences),
            *(parameters + V8Layout.ParamsAllowAtomicsWait));
    }

    public void Dispose() => NativeIsolates.Leave();
}
