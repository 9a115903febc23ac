using System.Runtime.InteropServices;
using System.Text.Json;
using JsRun.Values;

namespace JsRun.Workers.Brokering;

/// <summary>A value of a script's between two processes. Functions and streams stay where they are.</summary>
/// <param name="Text">The text of the value: UTF-16, because a string of JavaScript's may be ill-formed.</param>
/// <param name="Bytes">The bytes that it holds, in its order.</param>
internal sealed record PackedValue(byte[] Text, byte[] Bytes)
{
    // Both sides of the crossing count in their own way: the limits that scripts meet are those of their own process.
    private const int Slack = 4;

    /// <exception cref="JsConversionException">It cannot cross, or is too deep or too large.</exception>
    public static PackedValue Of(object? value, ValueLimits limits, JsonSerializerOptions json, Type? declared = null) => Pack(ValueWriter.WriteItem(value, limits, UnsharedReferences.Instance, json, declared));

    /// <exception cref="JsConversionException">One of them cannot cross.</exception>
    public static PackedValue OfArguments(object?[] arguments, ValueLimits limits, JsonSerializerOptions json) =>
        Pack(ValueWriter.WriteArguments(arguments, hasReceiver: false, null, Widen(limits), UnsharedReferences.Instance, json));

    /// <exception cref="JsConversionException">It is too deep or too large, or is not a value.</exception>
    public object? Read(ValueLimits limits)
    {
        try
        {
            return ValueReader.Read(MemoryMarshal.Cast<byte, char>(Text), Bytes, Widen(limits), UnsharedReferences.Instance);
        }
        catch (Exception e) when (e is IndexOutOfRangeException or ArgumentException or FormatException or OverflowException or InvalidCastException)
        {
            // A process that is not trusted wrote it.
            throw new JsConversionException("The value cannot be read.", e);
        }
    }

    private static ValueLimits Widen(ValueLimits limits) => new(limits.Depth + 1, limits.Bytes * Slack);

    private static PackedValue Pack(WireValue value) => new(MemoryMarshal.AsBytes(((string)value.Payload!).AsSpan()).ToArray(), Join(value.Bytes ?? []));

    private static byte[] Join(IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        var joined = new byte[parts.Sum(static part => part.Length)];
        var at = 0;
        foreach (var part in parts)
        {
            part.CopyTo(joined.AsMemory(at));
            at += part.Length;
        }

        return joined;
    }
}
