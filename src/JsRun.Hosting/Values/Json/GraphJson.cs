using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace JsRun.Values.Json;

/// <summary>Writes values that came out of JavaScript as JSON for System.Text.Json to read: dates in ISO 8601, bytes as Base64, what is <c>undefined</c> left out, functions and the like as tokens of a scope. What the text does not say of a value, the scope does.</summary>
internal static class GraphJson
{
    private static readonly JsonWriterOptions Options = new() { SkipValidation = true, MaxDepth = 2000 };

    public static ReadOnlyMemory<byte> Write(object value, HandleScope scope)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer, Options);
        Item(writer, value, scope, isNext: false);
        writer.Flush();
        return scope.Json = buffer.WrittenMemory;
    }

    /// <param name="writer">Where it goes.</param>
    /// <param name="value">The value.</param>
    /// <param name="scope">What is carried beside the text.</param>
    /// <param name="isNext">Whether it comes after another, so that a comma is written first.</param>
    private static void Item(Utf8JsonWriter writer, object? value, HandleScope scope, bool isNext)
    {
        if (value is not (null or string or bool or long) && !(value is double finite && double.IsFinite(finite)))
        {
            scope.Note(writer.BytesCommitted + writer.BytesPending + (isNext ? 1 : 0), value);
        }

        switch (value)
        {
            case null or JsUndefined: writer.WriteNullValue(); break;
            case string v: writer.WriteStringValue(v); break;
            case bool v: writer.WriteBooleanValue(v); break;
            case long v: writer.WriteNumberValue(v); break;
            case double v when double.IsFinite(v): writer.WriteNumberValue(v); break;
            case double v: writer.WriteStringValue(Name(v)); break;
            case BigInteger v: writer.WriteRawValue(v.ToString(CultureInfo.InvariantCulture)); break;
            case DateTimeOffset v: writer.WriteStringValue(v.UtcDateTime); break;
            case byte[] v: writer.WriteBase64StringValue(v); break;
            case Dictionary<string, object?> v: Properties(writer, v, scope); break;
            case IReadOnlyDictionary<string, object?> v: Properties(writer, v, scope); break;
            case JsMap v: Map(writer, v, scope); break;
            case JsErrorValue v: Error(writer, v, scope); break;
            case System.Collections.IEnumerable v: List(writer, v, scope); break;
            default: Handle(writer, value, scope); break;
        }
    }

    /// <summary>As what no type of .NET is read from but those that know of it.</summary>
    private static void Handle(Utf8JsonWriter writer, object value, HandleScope scope)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(scope.Add(value));
        writer.WriteNumberValue(0);
        writer.WriteEndArray();
    }

    private static void Properties(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, object?>> properties, HandleScope scope)
    {
        writer.WriteStartObject();
        foreach (var (key, item) in properties)
        {
            if (item is not JsUndefined)
            {
                writer.WritePropertyName(key);
                Item(writer, item, scope, isNext: false);
            }
        }

        writer.WriteEndObject();
    }

    // Keys that are names, numbers and the like make an object, as dictionaries do in JSON; any others an array of entries.
    private static void Map(Utf8JsonWriter writer, JsMap map, HandleScope scope)
    {
        var names = map.Select(static e => KeyName(e.Key)).ToHashSet(StringComparer.Ordinal);
        if (names.Count == map.Count && !names.Contains(null!))
        {
            Properties(writer, map.Select(static e => KeyValuePair.Create(KeyName(e.Key)!, e.Value)), scope);
            return;
        }

        List(writer, map.Select(static e => new[] { e.Key, e.Value }), scope);
    }

    private static string? KeyName(object? key) => key switch
    {
        string v => v,
        bool v => v ? "true" : "false",
        long or BigInteger => ((IFormattable)key).ToString(null, CultureInfo.InvariantCulture),
        double v => Name(v),
        DateTimeOffset v => v.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string Name(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static void Error(Utf8JsonWriter writer, JsErrorValue error, HandleScope scope) => Properties(
        writer,
        [KeyValuePair.Create<string, object?>("name", error.Name), KeyValuePair.Create<string, object?>("message", error.Message), .. error.Properties],
        scope);

    private static void List(Utf8JsonWriter writer, System.Collections.IEnumerable list, HandleScope scope)
    {
        writer.WriteStartArray();
        var isNext = false;
        foreach (var item in list)
        {
            Item(writer, Normal(item), scope, isNext);
            isNext = true;
        }

        writer.WriteEndArray();
    }

    /// <summary>The elements of typed arrays are numbers of many types.</summary>
    private static object? Normal(object? item) => item switch
    {
        int or short or sbyte or ushort or uint => Convert.ToInt64(item, CultureInfo.InvariantCulture),
        float v => double.Parse(v.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        Half v => (double)v,
        ulong v => new BigInteger(v),
        _ => item,
    };
}
