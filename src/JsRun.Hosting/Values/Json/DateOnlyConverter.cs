using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace JsRun.Values.Json;

/// <summary>Reads dates without a time, of a JavaScript <c>Date</c> too: its day in UTC.</summary>
internal sealed class DateOnlyConverter : JsonConverter<DateOnly>
{
    public override DateOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        HandleScope.Current?.TryFind(ref reader, out var value) == true && value is DateTimeOffset date
            ? DateOnly.FromDateTime(date.UtcDateTime)
            : JsonMetadataServices.DateOnlyConverter.Read(ref reader, typeToConvert, options);

    public override void Write(Utf8JsonWriter writer, DateOnly value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
}
