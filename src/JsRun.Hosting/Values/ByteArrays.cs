using System.Buffers;
using System.Runtime.InteropServices;

namespace JsRun.Values;

/// <summary>Typed arrays of JavaScript and arrays of .NET, which are the same bytes on a little-endian machine, as all that V8 is built for here are.</summary>
internal static class ByteArrays
{
    public static Array Create(ByteKind kind, ReadOnlySpan<byte> bytes) => kind switch
    {
        ByteKind.Int8 => Copy<sbyte>(bytes),
        ByteKind.Int16 => Copy<short>(bytes),
        ByteKind.Uint16 => Copy<ushort>(bytes),
        ByteKind.Int32 => Copy<int>(bytes),
        ByteKind.Uint32 => Copy<uint>(bytes),
        ByteKind.Float32 => Copy<float>(bytes),
        ByteKind.Float64 => Copy<double>(bytes),
        ByteKind.BigInt64 => Copy<long>(bytes),
        ByteKind.BigUint64 => Copy<ulong>(bytes),
        ByteKind.Float16 => Copy<Half>(bytes),
        _ => bytes.ToArray(),
    };

    /// <summary>The bytes of what crosses as a typed array: bytes, and memory of numbers. Arrays of other numbers cross as arrays. Copied if the elements are not bytes.</summary>
    public static bool TryGet(object value, out ByteKind kind, out ReadOnlyMemory<byte> bytes)
    {
        (kind, bytes) = value switch
        {
            // .NET lets an sbyte[] pass for a byte[] in a pattern.
            byte[] a when value.GetType() == typeof(byte[]) => (ByteKind.Uint8, a),
            ReadOnlyMemory<byte> m => (ByteKind.Uint8, m),
            Memory<byte> m => (ByteKind.Uint8, m),
            ArraySegment<byte> s => (ByteKind.Uint8, s),
            ReadOnlySequence<byte> s => (ByteKind.Uint8, s.ToArray()),
            _ => Other(value),
        };
        return kind >= 0;
    }

    private static (ByteKind Kind, ReadOnlyMemory<byte> Bytes) Other(object value) => value switch
    {
        ReadOnlyMemory<sbyte> m => (ByteKind.Int8, Bytes(m)),
        Memory<sbyte> m => (ByteKind.Int8, Bytes<sbyte>(m)),
        ReadOnlyMemory<short> m => (ByteKind.Int16, Bytes(m)),
        Memory<short> m => (ByteKind.Int16, Bytes<short>(m)),
        ReadOnlyMemory<ushort> m => (ByteKind.Uint16, Bytes(m)),
        Memory<ushort> m => (ByteKind.Uint16, Bytes<ushort>(m)),
        ReadOnlyMemory<int> m => (ByteKind.Int32, Bytes(m)),
        Memory<int> m => (ByteKind.Int32, Bytes<int>(m)),
        ReadOnlyMemory<uint> m => (ByteKind.Uint32, Bytes(m)),
        Memory<uint> m => (ByteKind.Uint32, Bytes<uint>(m)),
        ReadOnlyMemory<float> m => (ByteKind.Float32, Bytes(m)),
        Memory<float> m => (ByteKind.Float32, Bytes<float>(m)),
        ReadOnlyMemory<double> m => (ByteKind.Float64, Bytes(m)),
        Memory<double> m => (ByteKind.Float64, Bytes<double>(m)),
        ReadOnlyMemory<long> m => (ByteKind.BigInt64, Bytes(m)),
        Memory<long> m => (ByteKind.BigInt64, Bytes<long>(m)),
        ReadOnlyMemory<ulong> m => (ByteKind.BigUint64, Bytes(m)),
        Memory<ulong> m => (ByteKind.BigUint64, Bytes<ulong>(m)),
        ReadOnlyMemory<Half> m => (ByteKind.Float16, Bytes(m)),
        Memory<Half> m => (ByteKind.Float16, Bytes<Half>(m)),
        _ => ((ByteKind)(-1), default),
    };

    private static ReadOnlyMemory<byte> Bytes<T>(ReadOnlyMemory<T> memory)
        where T : unmanaged => MemoryMarshal.AsBytes(memory.Span).ToArray();

    private static T[] Copy<T>(ReadOnlySpan<byte> bytes)
        where T : unmanaged
    {
        var result = new T[bytes.Length / System.Runtime.CompilerServices.Unsafe.SizeOf<T>()];
        bytes.CopyTo(MemoryMarshal.AsBytes(result.AsSpan()));
        return result;
    }
}
