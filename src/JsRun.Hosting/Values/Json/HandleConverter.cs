using System.Text.Json;
using System.Text.Json.Serialization;

namespace JsRun.Values.Json;

/// <summary>Lets what cannot be JSON, such as a function, be a member of a type that is read through System.Text.Json.</summary>
internal sealed class HandleConverter<T> : JsonConverter<T>
    where T : class
{
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        GraphReader.Read(ref reader) as T ?? throw new JsonException($"The value is not a {typeof(T).Name}.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        throw new NotSupportedException($"A {typeof(T).Name} has no JSON: send it to JavaScript as a value, or in an object.");
}
