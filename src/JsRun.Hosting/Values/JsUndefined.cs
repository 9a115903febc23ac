using System.Text.Json;
using System.Text.Json.Serialization;

namespace JsRun;

/// <summary>JavaScript's <c>undefined</c>, which is not <c>null</c>. There is one instance. In JSON it is written as <c>null</c>.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
[JsonConverter(typeof(Converter))]
public sealed class JsUndefined
{
    private JsUndefined()
    {
    }

    /// <summary>The one instance.</summary>
    public static JsUndefined Value { get; } = new();

    /// <summary>Returns whether a value is <c>undefined</c>.</summary>
    /// <param name="value">The value.</param>
    /// <returns>Whether it is <see cref="Value"/>.</returns>
    public static bool IsUndefined(object? value) => ReferenceEquals(value, Value);

    /// <inheritdoc/>
    public override string ToString() => "undefined";

    private sealed class Converter : JsonConverter<JsUndefined>
    {
        public override JsUndefined Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            reader.Skip();
            return Value;
        }

        public override void Write(Utf8JsonWriter writer, JsUndefined value, JsonSerializerOptions options) => writer.WriteNullValue();
    }
}
