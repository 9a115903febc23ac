using JsRun.Streams;

namespace JsRun.Hosting.Tests.Streams;

/// <summary>A buffer of 64 KiB, as JavaScript has it.</summary>
internal sealed class FakeTransfer : ICopyTarget
{
    public byte[] Bytes { get; } = new byte[64 * 1024];

    public long Length => Bytes.Length;

    public void Write(ReadOnlySpan<byte> bytes, long offset) => bytes.CopyTo(Bytes.AsSpan((int)offset));
}
