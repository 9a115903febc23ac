using System.Globalization;
using System.Reflection;
using JsRun.Options.Validation;

namespace JsRun.Options.Binding;

/// <summary>Whether a value's text can be read as the property's type. The range is the validators' part.</summary>
internal static class ConfigurationValue
{
    /// <summary>Gives the failure, or <see langword="null"/>.</summary>
    public static string? Check(string key, string text, PropertyInfo property)
    {
        var nullable = Nullable.GetUnderlyingType(property.PropertyType);
        var type = nullable ?? property.PropertyType;
        if (type == typeof(string) || (nullable is not null && text.Length == 0))
        {
            return null;
        }

        if (type == typeof(TimeSpan) && int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _))
        {
            return $"{key} is '{text}', which would count days: write [days.]hours:minutes:seconds, such as 00:00:30 for 30 seconds.";
        }

        return CanRead(text, type) ? null : Describe.Invalid(key, text, Allowed(type, property.GetCustomAttribute<AllowedAttribute>()));
    }

    private static bool CanRead(string text, Type type) => type switch
    {
        _ when type == typeof(TimeSpan) => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out _),
        _ when type == typeof(int) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        _ when type == typeof(long) => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        _ when type == typeof(bool) => bool.TryParse(text, out _),
        _ => Array.Exists(Enum.GetNames(type), name => string.Equals(name, text.Trim(), StringComparison.OrdinalIgnoreCase)),
    };

    private static string Allowed(Type type, AllowedAttribute? range) => type switch
    {
        _ when type == typeof(TimeSpan) => range?.Range ?? "[days.]hours:minutes:seconds",
        _ when type == typeof(bool) => "true or false",
        _ when type.IsEnum => Describe.OneOf(Enum.GetNames(type)),
        _ => range is null ? "a whole number" : $"a whole number, {range.Range}",
    };
}
