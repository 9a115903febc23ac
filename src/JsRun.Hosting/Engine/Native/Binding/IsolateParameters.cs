namespace JsRun.Engine.Native.Binding;

/// <summary>Some of <c>Isolate::CreateParams</c>, as it was read.</summary>
internal readonly record struct IsolateParameters(nint MaxOldGenerationSize, nint InitialOldGenerationSize, nint SnapshotBlob, nint ArrayBufferAllocator, nint SharedArrayBufferAllocator, nint ExternalReferences, byte AllowAtomicsWait);
