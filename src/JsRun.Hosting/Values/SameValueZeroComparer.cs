using System.Numerics;
using System.Runtime.CompilerServices;

namespace JsRun.Values;

/// <summary>
/// Compares values as JavaScript's <c>Set</c> and <c>Map</c> do (ECMA-262, SameValueZero): numbers by value whatever their .NET type, NaN equal to itself, strings by code units, everything else that
/// is an object by reference. A .NET <see langword="null"/> stands for <c>null</c>.
/// </summary>
internal sealed class SameValueZeroComparer : IEqualityComparer<object?>
{
    private SameValueZeroComparer()
    {
    }

    public static SameValueZeroComparer Instance { get; } = new();

    public new bool Equals(object? x, object? y)
    {
        if (ReferenceEquals(x, y))
        {
            return true;
        }

        if (TryGetNumber(x, out var a))
        {
            return TryGetNumber(y, out var b) && a.Equals(b);
        }

        return x switch
        {
            string or bool or BigInteger or DateTimeOffset or JsFunction => x.Equals(y),
            _ => false,
        };
    }

    public int GetHashCode(object? obj) => obj switch
    {
        null => 0,
        string or bool or BigInteger or DateTimeOffset or JsFunction => obj.GetHashCode(),
        _ when TryGetNumber(obj, out var number) => number.GetHashCode(),
        _ => RuntimeHelpers.GetHashCode(obj),
    };

    private static bool TryGetNumber(object? value, out double number)
    {
        (var found, number) = value switch
        {
            long v => (true, v),
            double v => (true, v == 0 ? 0.0 : v),
            int v => (true, v),
            float v => (true, v == 0 ? 0.0 : v),
            byte v => (true, v),
            sbyte v => (true, v),
            short v => (true, v),
            ushort v => (true, v),
            uint v => (true, v),
            ulong v => (true, v),
            decimal v => (true, (double)v),
            Half v => (true, (double)v == 0 ? 0.0 : (double)v),
            _ => (false, 0.0),
        };
        return found;
    }
}
