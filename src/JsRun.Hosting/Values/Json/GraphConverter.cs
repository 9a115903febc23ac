using System.Text.Json;
using System.Text.Json.Serialization;

namespace JsRun.Values.Json;

/// <summary>Reads members that take a value as it came out of JavaScript: <see cref="object"/>, and JsRun's own types.</summary>
/// <param name="convert">Makes a <typeparamref name="T"/> of a value that is none; returns <see langword="null"/> if that cannot be.</param>
internal sealed class GraphConverter<T>(Func<object, T?>? convert = null) : JsonConverter<T>
    where T : class
{
    public override bool HandleNull => typeof(T) == typeof(object);

    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => GraphReader.Read(ref reader) switch
    {
        null => null,
        T value => value,
        { } other => convert?.Invoke(other) ?? throw new JsonException($"The value is not a {typeof(T).Name}."),
    };

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        if (value?.GetType() is not { } type || type == typeof(T))
        {
            throw new NotSupportedException($"A {typeof(T).Name} has no JSON: send it to JavaScript as a value, or in an object.");
        }

        JsonSerializer.Serialize(writer, value, options.GetTypeInfo(type));
    }
}
