using System.Text.Json;
using System.Text.Json.Serialization;

namespace JsRun.Values.Json;

/// <inheritdoc cref="EnumConverterFactory"/>
internal sealed class EnumConverter<T>(JsonConverter<T>? contract) : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        object? value = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number when reader.TryGetInt64(out var integer) => integer,
            JsonTokenType.Number when System.Numerics.BigInteger.TryParse(System.Text.Encoding.UTF8.GetString(reader.ValueSpan), out var large) => large,
            JsonTokenType.Number => reader.GetDouble(),
            _ => throw new JsonException($"The value is not one of {typeof(T).Name}."),
        };
        return EnumReader.Read(value!, typeof(T)) is { } found ? (T)found : ReadContract(ref reader, value!, options);
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        (contract ?? throw new NotSupportedException($"{typeof(T)} has no contract.")).Write(writer, value, options);

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var name = reader.GetString()!;
        object value = System.Numerics.BigInteger.TryParse(name, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : name;
        return EnumReader.Read(value, typeof(T)) is { } found ? (T)found : throw new JsonException(EnumReader.Explain(value, typeof(T)));
    }

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(value.ToString());

    // The contract may have names of its own.
    private T ReadContract(ref Utf8JsonReader reader, object value, JsonSerializerOptions options)
    {
        try
        {
            if (value is string && contract is not null)
            {
                return contract.Read(ref reader, typeof(T), options);
            }
        }
        catch (JsonException)
        {
        }

        throw new JsonException(EnumReader.Explain(value, typeof(T)));
    }
}
