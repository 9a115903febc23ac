using JsRun.Values;

namespace JsRun.Bindings;

/// <summary>Converts JavaScript's plain values to <typeparamref name="T"/> if that is a plain type, without reflection and without System.Text.Json.</summary>
internal static class PlainConversions<T>
{
    /// <summary>Throws <see cref="JsConversionException"/> where the value does not fit; <see langword="null"/> where the type is none of the plain ones.</summary>
    public static readonly Func<object, T>? Convert = (Func<object, T>?)PlainConversions.Find(typeof(T));
}

internal static class PlainConversions
{
    private static readonly Dictionary<Type, Delegate> Known = new()
    {
        [typeof(string)] = (Func<object, string>)(static v => throw Mismatch<string>(v)),
    };

    static PlainConversions()
    {
        // What headers and lists of names are handed over as: through System.Text.Json they would cost as much again as their crossing.
        Known.Add(typeof(Dictionary<string, string>), (Func<object, Dictionary<string, string>>)Texts);
        Known.Add(typeof(IReadOnlyDictionary<string, string>), (Func<object, IReadOnlyDictionary<string, string>>)Texts);
        Known.Add(typeof(IDictionary<string, string>), (Func<object, IDictionary<string, string>>)Texts);
        Known.Add(typeof(string[]), (Func<object, string[]>)(static v => [.. List(v)]));
        Known.Add(typeof(List<string>), (Func<object, List<string>>)(static v => [.. List(v)]));
        Known.Add(typeof(IReadOnlyList<string>), (Func<object, IReadOnlyList<string>>)(static v => [.. List(v)]));
        Add(static v => v is bool b ? b : throw Mismatch<bool>(v));
        Add(static v => v is string { Length: 1 } s ? s[0] : throw Mismatch<char>(v));
        Add(static v => (sbyte)Whole<sbyte>(v, sbyte.MinValue, sbyte.MaxValue));
        Add(static v => (byte)Whole<byte>(v, byte.MinValue, byte.MaxValue));
        Add(static v => (short)Whole<short>(v, short.MinValue, short.MaxValue));
        Add(static v => (ushort)Whole<ushort>(v, ushort.MinValue, ushort.MaxValue));
        Add(static v => (int)Whole<int>(v, int.MinValue, int.MaxValue));
        Add(static v => (uint)Whole<uint>(v, uint.MinValue, uint.MaxValue));
        Add(static v => v is System.Numerics.BigInteger big ? Big<long>(big) : Whole<long>(v, long.MinValue, long.MaxValue));
        Add(static v => v is System.Numerics.BigInteger big ? Big<ulong>(big) : (ulong)Whole<ulong>(v, 0, long.MaxValue));
        Add(static v => v is double or long ? Fit<float>(v, Numbers.ToSingle) : v is int i ? i : throw Mismatch<float>(v));
        Add(static v => v switch { double d => d, long l => l, int i => i, _ => throw Mismatch<double>(v) });
        Add(static v => v is double or long ? Fit<decimal>(v, Numbers.ToDecimal) : v is int i ? i : throw Mismatch<decimal>(v));
    }

    public static Delegate? Find(Type type) => Known.GetValueOrDefault(type);

    private static void Add<T>(Func<object, T> convert)
        where T : struct
    {
        Known.Add(typeof(T), convert);
        Known.Add(typeof(T?), (Func<object, T?>)(v => convert(v)));
    }

    private static long Whole<T>(object value, long least, long most)
    {
        // An integral double here is minus zero or beyond the safe integers.
        var number = value switch { long l => l, int i => i, double d when d == Math.Truncate(d) && Math.Abs(d) < long.MaxValue => (long)d, _ => throw Mismatch<T>(value) };
        return number >= least && number <= most ? number : throw Mismatch<T>(value);
    }

    private static T Fit<T>(object value, Func<object, T> convert)
    {
        try
        {
            return convert(value);
        }
        catch (OverflowException)
        {
            throw Mismatch<T>(value);
        }
    }

    private static T Big<T>(System.Numerics.BigInteger value)
        where T : System.Numerics.INumberBase<T>
    {
        try
        {
            return T.CreateChecked(value);
        }
        catch (OverflowException)
        {
            throw Mismatch<T>(value);
        }
    }

    private static Dictionary<string, string> Texts(object value)
    {
        var given = value as Dictionary<string, object?> ?? throw new JsConversionException($"{TypeNames.OfValue(value)} is not an object whose members are strings.");
        var texts = new Dictionary<string, string>(given.Count);
        foreach (var (key, member) in given)
        {
            texts.Add(key, member as string ?? throw new JsConversionException($"its member '{key}' is {TypeNames.OfValue(member)}, not a string."));
        }

        return texts;
    }

    private static IEnumerable<string> List(object value) =>
        (value as List<object?> ?? throw new JsConversionException($"{TypeNames.OfValue(value)} is not an array of strings."))
            .Select(static (item, i) => item as string ?? throw new JsConversionException($"its item {i} is {TypeNames.OfValue(item)}, not a string."));

    private static JsConversionException Mismatch<T>(object value) => new($"{TypeNames.OfValue(value)} is not {TypeNames.Of(typeof(T))}.");
}
