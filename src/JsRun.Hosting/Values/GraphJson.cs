using System.Buffers;
using System.Numerics;
using System.Text.Json;

namespace JsRun.Values;

/// <summary>Writes values that came out of JavaScript as JSON for System.Text.Json to read: dates in ISO 8601, bytes as Base64, what is <c>undefined</c> left out, functions and the like as tokens of a scope.</summary>
internal static class GraphJson
{
    private static readonly JsonWriterOptions Options = new() { SkipValidation = true, MaxDepth = 2000 };

    public static ReadOnlyMemory<byte> Write(object value, HandleScope scope)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer, Options);
        Item(writer, value, scope);
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static void Item(Utf8JsonWriter writer, object? value, HandleScope scope)
    {
        switch (value)
        {
            case null or JsUndefined: writer.WriteNullValue(); break;
            case string v: writer.WriteStringValue(v); break;
            case bool v: writer.WriteBooleanValue(v); break;
            case long v: writer.WriteNumberValue(v); break;
            case double v when double.IsFinite(v): writer.WriteNumberValue(v); break;
            case double v: writer.WriteStringValue(double.IsNaN(v) ? "NaN" : v > 0 ? "Infinity" : "-Infinity"); break;
            case BigInteger v: writer.WriteRawValue(v.ToString(System.Globalization.CultureInfo.InvariantCulture)); break;
            case DateTimeOffset v: writer.WriteStringValue(v); break;
            case byte[] v: writer.WriteBase64StringValue(v); break;
            case Dictionary<string, object?> v: Properties(writer, v, scope); break;
            case IReadOnlyDictionary<string, object?> v: Properties(writer, v, scope); break;
            case JsMap v: Map(writer, v, scope); break;
            case JsErrorValue v: Error(writer, v, scope); break;
            case System.Collections.IEnumerable v: List(writer, v, scope); break;
            default: writer.WriteStringValue(scope.Add(value)); break;
        }
    }

    private static void Properties(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, object?>> properties, HandleScope scope)
    {
        writer.WriteStartObject();
        foreach (var (key, item) in properties)
        {
            if (item is not JsUndefined)
            {
                writer.WritePropertyName(key);
                Item(writer, item, scope);
            }
        }

        writer.WriteEndObject();
    }

    private static void Map(Utf8JsonWriter writer, JsMap map, HandleScope scope)
    {
        if (map.All(static e => e.Key is string))
        {
            Properties(writer, map.Select(static e => KeyValuePair.Create((string)e.Key!, e.Value)), scope);
            return;
        }

        List(writer, map.Select(static e => new[] { e.Key, e.Value }), scope);
    }

    private static void Error(Utf8JsonWriter writer, JsErrorValue error, HandleScope scope) => Properties(
        writer,
        [KeyValuePair.Create<string, object?>("name", error.Name), KeyValuePair.Create<string, object?>("message", error.Message), .. error.Properties],
        scope);

    private static void List(Utf8JsonWriter writer, System.Collections.IEnumerable list, HandleScope scope)
    {
        writer.WriteStartArray();
        foreach (var item in list)
        {
            Item(writer, Normal(item), scope);
        }

        writer.WriteEndArray();
    }

    /// <summary>The elements of typed arrays are numbers of many types.</summary>
    private static object? Normal(object? item) => item switch
    {
        int or short or sbyte or ushort or uint => Convert.ToInt64(item, System.Globalization.CultureInfo.InvariantCulture),
        float v => double.Parse(v.ToString(System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture),
        Half v => (double)v,
        ulong v => new BigInteger(v),
        _ => item,
    };
}
