using System.Numerics;

namespace JsRun.Values.Json;

/// <summary>Reads enums by number or by name, whatever its case. What the enum does not define is refused; flags may be any of those that it defines together.</summary>
internal static class EnumReader
{
    private const int MostNames = 10;

    /// <returns>The value; <see langword="null"/> if it is none of the enum.</returns>
    public static object? Read(object value, Type type) => value switch
    {
        string name => ReadName(name, type),
        long or double or BigInteger => ReadNumber(value, type),
        _ => null,
    };

    public static string Explain(object value, Type type)
    {
        var names = Enum.GetNames(type);
        var shown = string.Join(", ", names.Take(MostNames)) + (names.Length > MostNames ? ", …" : "");
        return $"{(value is string ? $"'{value}'" : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture))} is not one of {type.Name}: {shown}.";
    }

    private static object? ReadName(string name, Type type) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name[0] is not ('-' or '+') && Enum.TryParse(type, name, ignoreCase: true, out var value) ? value : null;

    private static object? ReadNumber(object number, Type type)
    {
        try
        {
            return Numbers.To(number, Enum.GetUnderlyingType(type)) is { } plain && Enum.ToObject(type, plain) is var value && IsDefined(type, value) ? value : null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static bool IsDefined(Type type, object value) => Enum.IsDefined(type, value) || (type.IsDefined(typeof(FlagsAttribute), inherit: false) && (Bits(value) & ~Enum.GetValuesAsUnderlyingType(type).Cast<object>().Aggregate(0UL, static (all, v) => all | Bits(v))) == 0);

    private static ulong Bits(object value) => Type.GetTypeCode(value.GetType()) == TypeCode.UInt64
        ? Convert.ToUInt64(value, System.Globalization.CultureInfo.InvariantCulture)
        : unchecked((ulong)Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
}
