using System.Text.Json;
using System.Text.Json.Serialization;

namespace JsRun.Values.Json;

/// <summary>Reads JSON as JSON, and refuses what has functions or streams in it: their tokens mean nothing outside of the conversion.</summary>
/// <param name="convert">Makes it of an element.</param>
/// <param name="write">Writes it.</param>
internal sealed class PlainJsonConverter<T>(Func<JsonElement, JsonSerializerOptions, T?> convert, Action<T, Utf8JsonWriter> write) : JsonConverter<T>
{
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var element = JsonElement.ParseValue(ref reader);
        return HandleScope.Current?.IsHeldBy(element) == true ? throw new JsonException("It holds a function or a stream, which have no JSON.") : convert(element, options);
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => write(value, writer);
}
