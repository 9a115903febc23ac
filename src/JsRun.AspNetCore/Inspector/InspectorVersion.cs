using System.Text.Json.Serialization;

namespace JsRun.AspNetCore.Inspector;

/// <summary>What <c>json/version</c> answers.</summary>
internal sealed record InspectorVersion
{
    [JsonPropertyName("Browser")]
    public string Browser { get; init; } = $"JsRun/{typeof(InspectorVersion).Assembly.GetName().Version?.ToString(3)}";

    [JsonPropertyName("Protocol-Version")]
    public string ProtocolVersion { get; init; } = "1.3";
}
