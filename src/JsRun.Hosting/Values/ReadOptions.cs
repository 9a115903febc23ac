using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using JsRun.Values.Json;

namespace JsRun.Values;

/// <summary>Options of System.Text.Json for reading what came out of JavaScript: those that were given, and after their converters some for what JSON does not have.</summary>
internal static class ReadOptions
{
    public static JsonSerializerOptions Create(JsonSerializerOptions given)
    {
        var options = new JsonSerializerOptions(given)
        {
            // NaN and the infinities are numbers in JavaScript.
            NumberHandling = given.NumberHandling | JsonNumberHandling.AllowNamedFloatingPointLiterals,
        };
        JsonConverter[] own =
        [
            new GraphConverter<object>(),
            new GraphConverter<JsMap>(),
            new GraphConverter<JsErrorValue>(),
            new GraphConverter<JsUndefined>(),
            new GraphConverter<Exception>(ToException),
            new GraphConverter<JavaScriptException>(ToException),
            new PlainJsonConverter<JsonElement>(static (e, _) => e, static (e, w) => e.WriteTo(w)),
            new PlainJsonConverter<JsonDocument>(static (e, _) => JsonDocument.Parse(e.GetRawText()), static (d, w) => d.WriteTo(w)),
            new PlainJsonConverter<JsonNode>(ToNode, static (n, w) => n.WriteTo(w)),
            new PlainJsonConverter<JsonObject>(static (e, o) => As<JsonObject>(e, o), static (n, w) => n.WriteTo(w)),
            new PlainJsonConverter<JsonArray>(static (e, o) => As<JsonArray>(e, o), static (n, w) => n.WriteTo(w)),
            new PlainJsonConverter<JsonValue>(static (e, o) => As<JsonValue>(e, o), static (n, w) => n.WriteTo(w)),
            new BytesConverter(),
            new BigIntegerConverter(),
            new DateOnlyConverter(),
            new EnumConverterFactory(given),
            new TupleConverterFactory(),
        ];
        foreach (var converter in own)
        {
            options.Converters.Add(converter);
        }

        options.MakeReadOnly();
        return options;
    }

    /// <summary>Reads an error as an exception.</summary>
    public static JavaScriptException? ToException(object value) => value is JsErrorValue error ? ThrownValue.ToException(error) : null;

    /// <summary>Reads JSON as a node.</summary>
    public static JsonNode? ToNode(JsonElement element, JsonSerializerOptions options)
    {
        var node = new JsonNodeOptions { PropertyNameCaseInsensitive = options.PropertyNameCaseInsensitive };
        return element.ValueKind switch
        {
            JsonValueKind.Object => JsonObject.Create(element, node),
            JsonValueKind.Array => JsonArray.Create(element, node),
            _ => JsonValue.Create(element, node),
        };
    }

    private static T As<T>(JsonElement element, JsonSerializerOptions options)
        where T : JsonNode => ToNode(element, options) as T ?? throw new JsonException($"The value is not a {typeof(T).Name}.");
}
