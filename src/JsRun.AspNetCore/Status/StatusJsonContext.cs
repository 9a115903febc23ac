using System.Text.Json;
using System.Text.Json.Serialization;

namespace JsRun.AspNetCore.Status;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(StatusReport))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class StatusJsonContext : JsonSerializerContext;
