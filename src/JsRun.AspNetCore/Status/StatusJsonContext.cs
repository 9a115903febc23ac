using System.Text.Json;
using System.Text.Json.Serialization;

namespace JsRun.AspNetCore.Status;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(StatusReport))]
internal sealed partial class StatusJsonContext : JsonSerializerContext;
