using System.Globalization;
using System.Numerics;
using System.Text;

namespace JsRun.Values;

/// <summary>Writes what is a primitive value of JavaScript, or a date.</summary>
internal static class ScalarWriter
{
    /// <summary>A number as its shortest text that reads back as the same: JavaScript reads it as the nearest of its own.</summary>
    public static void Number<T>(ValueWriter writer, T value)
        where T : struct, ISpanFormattable
    {
        writer.Charge(ValueCost.In.Number);
        writer.Text.Append('d');
        writer.Text.Append(value);
        writer.Text.Append(';');
    }

    public static void Integer(ValueWriter writer, long value)
    {
        if (!ValueWriter.IsSafe(value))
        {
            BigInt(writer, value);
            return;
        }

        writer.Charge(ValueCost.In.Number);
        writer.Text.Append('i');
        writer.Text.Append(value);
        writer.Text.Append(';');
    }

    public static void String(ValueWriter writer, string value)
    {
        writer.Charge(LengthOf(value, writer.Limits) + ValueCost.In.String);
        writer.Text.Append('s');
        writer.Text.AppendCounted(value);
    }

    /// <returns>Whether the value is a scalar.</returns>
    public static bool TryWrite(ValueWriter writer, object value)
    {
        switch (value)
        {
            case string v: String(writer, v); break;
            case bool v: writer.Charge(ValueCost.In.Boolean); writer.Text.Append(v ? 't' : 'f'); break;
            case int v: Integer(writer, v); break;
            case long v: Integer(writer, v); break;
            case double v: Number(writer, v); break;
            case JsUndefined: writer.Text.Append('u'); break;
            case Enum: return false;
            case byte v: Integer(writer, v); break;
            case sbyte v: Integer(writer, v); break;
            case short v: Integer(writer, v); break;
            case ushort v: Integer(writer, v); break;
            case uint v: Integer(writer, v); break;
            case ulong v when v <= long.MaxValue: Integer(writer, (long)v); break;
            case ulong v: BigInt(writer, v); break;
            case float v: Number(writer, v); break;
            case Half v: Number(writer, v); break;
            case decimal v: Number(writer, v); break;
            case BigInteger v: BigInt(writer, v); break;
            case Int128 v: BigInt(writer, (BigInteger)v); break;
            case UInt128 v: BigInt(writer, (BigInteger)v); break;
            case char v: String(writer, v.ToString()); break;
            case DateTimeOffset v: Date(writer, v); break;
            case DateTime v: Date(writer, v.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(v, TimeSpan.Zero) : new DateTimeOffset(v.ToUniversalTime())); break;
            default: return false;
        }

        return true;
    }

    /// <summary>The text of a number; <see langword="null"/> for all else.</summary>
    public static string? NumberText(object value) => value switch
    {
        sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal or Half or Int128 or UInt128 => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static void BigInt(ValueWriter writer, BigInteger value)
    {
        writer.Charge(value.GetByteCount());
        writer.Text.Append('b');
        writer.Text.Append(value);
        writer.Text.Append(';');
    }

    private static void Date(ValueWriter writer, DateTimeOffset value)
    {
        writer.Charge(ValueCost.In.Date);
        writer.Text.Append('D');
        writer.Text.Append(value.ToUnixTimeMilliseconds());
        writer.Text.Append(';');
    }

    /// <summary>A string that is the whole value.</summary>
    public static string WriteWhole(string value, ValueLimits limits)
    {
        var length = LengthOf(value, limits);
        return length + ValueCost.In.String > limits.Bytes ? throw limits.TooLarge(length + ValueCost.In.String) : $"'{value}";
    }

    private static int LengthOf(string value, ValueLimits limits)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        return length > limits.Bytes ? throw limits.TooLong(length) : length;
    }
}
