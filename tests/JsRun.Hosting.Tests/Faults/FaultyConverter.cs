using System.Text.Json;
using System.Text.Json.Serialization;

namespace JsRun.Hosting.Tests.Faults;

/// <summary>A JSON converter that throws both ways.</summary>
internal sealed class FaultyConverter(Func<Exception> fault) : JsonConverter<FaultyValue>
{
    public override FaultyValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw fault();

    public override void Write(Utf8JsonWriter writer, FaultyValue value, JsonSerializerOptions options) => throw fault();
}
