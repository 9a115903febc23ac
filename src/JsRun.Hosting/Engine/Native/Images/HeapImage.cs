namespace JsRun.Engine.Native.Images;

/// <summary>A built image.</summary>
/// <param name="Blob">What V8 starts from.</param>
/// <param name="Answers">To each context's question: the default context's first, then the others' in order.</param>
internal sealed record HeapImage(byte[] Blob, IReadOnlyList<string?> Answers);
