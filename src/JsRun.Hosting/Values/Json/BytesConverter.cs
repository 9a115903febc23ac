using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace JsRun.Values.Json;

/// <summary>Reads bytes: a typed array, its Base64, or an array of numbers that are bytes.</summary>
internal sealed class BytesConverter : JsonConverter<byte[]>
{
    public override byte[]? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return JsonMetadataServices.ByteArrayConverter.Read(ref reader, typeToConvert, options);
        }

        var bytes = new List<byte>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            bytes.Add(reader.TokenType == JsonTokenType.Number && reader.TryGetByte(out var number) ? number : throw new JsonException($"Its item {bytes.Count} is not a byte."));
        }

        return [.. bytes];
    }

    public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value);
}
