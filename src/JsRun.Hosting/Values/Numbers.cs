using System.Globalization;
using System.Numerics;

namespace JsRun.Values;

/// <summary>Numbers that came out of JavaScript as the types of .NET: by value, and only if they fit.</summary>
internal static class Numbers
{
    /// <param name="value">A <see cref="long"/>, <see cref="double"/> or <see cref="BigInteger"/>.</param>
    /// <param name="target">A type of numbers.</param>
    /// <returns>The number; <see langword="null"/> if the type is not one of numbers.</returns>
    /// <exception cref="OverflowException">It does not fit.</exception>
    public static object? To(object value, Type target) => Type.GetTypeCode(target) switch
    {
        TypeCode.Double => ToDouble(value),
        TypeCode.Single => ToSingle(value),
        TypeCode.Decimal => ToDecimal(value),
        TypeCode.Int32 => (int)Whole(value),
        TypeCode.Int64 => (long)Whole(value),
        TypeCode.Byte => (byte)Whole(value),
        TypeCode.SByte => (sbyte)Whole(value),
        TypeCode.Int16 => (short)Whole(value),
        TypeCode.UInt16 => (ushort)Whole(value),
        TypeCode.UInt32 => (uint)Whole(value),
        TypeCode.UInt64 => (ulong)Whole(value),
        _ => target == typeof(Half) ? ToHalf(value)
            : target == typeof(BigInteger) ? Whole(value)
            : target == typeof(Int128) ? (Int128)Whole(value)
            : target == typeof(UInt128) ? (object)(UInt128)Whole(value)
            : null,
    };

    /// <summary>The decimal that is written as the number is: 0.1 is 0.1, and every digit of a sum of money stays.</summary>
    /// <exception cref="OverflowException">It is too large, or not finite.</exception>
    public static decimal ToDecimal(object value) => value switch
    {
        long v => v,
        BigInteger v => (decimal)v,
        double v when double.IsFinite(v) => decimal.Parse(v.ToString(CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture),
        _ => throw new OverflowException("it is not finite."),
    };

    /// <exception cref="OverflowException">It is finite, and would be infinite.</exception>
    public static float ToSingle(object value) => Checked(ToDouble(value), static v => (float)v);

    private static Half ToHalf(object value) => Checked(ToDouble(value), static v => (Half)v);

    private static double ToDouble(object value) => value switch
    {
        long v => v,
        BigInteger v when double.IsFinite((double)v) => (double)v,
        double v => v,
        _ => throw new OverflowException("it is too large."),
    };

    private static T Checked<T>(double value, Func<double, T> convert)
        where T : IFloatingPoint<T>
    {
        var result = convert(value);
        return T.IsFinite(result) || !double.IsFinite(value) ? result : throw new OverflowException($"it is too large for {typeof(T).Name}.");
    }

    private static BigInteger Whole(object value) => value switch
    {
        long v => v,
        BigInteger v => v,
        double v when Math.Truncate(v) == v && double.IsFinite(v) => new BigInteger(v),
        _ => throw new OverflowException("it is not an integer."),
    };
}
