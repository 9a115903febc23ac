using System.Globalization;
using System.Text.Json;

namespace JsRun.Runtime;

/// <summary>Reads the text of a result as a .NET value.</summary>
internal static class ResultReader
{
    /// <exception cref="JsConversionException">It cannot be read as that.</exception>
    public static T? Read<T>(JsResult result)
    {
        if (result.Kind is JsResultKind.Undefined or JsResultKind.Null)
        {
            return default;
        }

        if (typeof(T) == typeof(string) && result.Kind != JsResultKind.Json)
        {
            return (T)(object)result.Text;
        }

        try
        {
            return result.Kind switch
            {
                JsResultKind.String when typeof(T) == typeof(object) => (T)(object)result.Text,
                JsResultKind.String => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(result.Text)),
                JsResultKind.Number when double.TryParse(result.Text, CultureInfo.InvariantCulture, out var number) && !double.IsFinite(number) && typeof(T) == typeof(double) => (T)(object)number,
                _ => JsonSerializer.Deserialize<T>(result.Text, JsonSerializerOptions.Web),
            };
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new JsConversionException($"The script's {result.Kind} cannot be read as {typeof(T).Name}: {e.Message}", e);
        }
    }
}
