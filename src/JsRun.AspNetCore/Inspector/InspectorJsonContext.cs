using System.Text.Json.Serialization;

namespace JsRun.AspNetCore.Inspector;

/// <summary>The JSON of the inspector's endpoint.</summary>
[JsonSerializable(typeof(InspectorTarget[]))]
[JsonSerializable(typeof(InspectorVersion))]
internal sealed partial class InspectorJsonContext : JsonSerializerContext;
