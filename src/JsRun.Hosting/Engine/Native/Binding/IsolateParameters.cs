using JsRun.Engine.Native.Handles;

namespace JsRun.Engine.Native.Binding;

/// <summary>Some of <c>Isolate::CreateParams</c>, as it was read.</summary>
internal readonly record struct IsolateParameters(nint MaxOldGenerationSize, nint InitialOldGenerationSize, OpaquePtr SnapshotBlob, OpaquePtr ArrayBufferAllocator, OpaquePtr SharedArrayBufferAllocator, OpaquePtr ExternalReferences, byte AllowAtomicsWait);
