using System.Text.Json.Serialization;

namespace JsRun.Images.Building;

[JsonSerializable(typeof(WorkerJob))]
[JsonSerializable(typeof(WorkerReply))]
[JsonSerializable(typeof(string))]
internal sealed partial class WorkerJson : JsonSerializerContext;
