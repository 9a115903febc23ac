using System.IO.Pipelines;
using System.Text.Json.Serialization;
using JsRun.Images.Building;
using JsRun.Workers.Brokering;

namespace JsRun.Workers;

[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WorkerSettings))]
[JsonSerializable(typeof(WorkerConfiguration))]
[JsonSerializable(typeof(FunctionOrder))]
[JsonSerializable(typeof(FunctionReport))]
[JsonSerializable(typeof(FetchOrder))]
[JsonSerializable(typeof(FetchReport))]
[JsonSerializable(typeof(SocketOrder))]
[JsonSerializable(typeof(SocketReport))]
[JsonSerializable(typeof(WorkerReport))]
[JsonSerializable(typeof(IReadOnlyList<WorkerLogEntry>))]
[JsonSerializable(typeof(IDuplexPipe))]
[JsonSerializable(typeof(WorkerJob))]
[JsonSerializable(typeof(ImageReport))]
[JsonSerializable(typeof(HostCallOrder))]
[JsonSerializable(typeof(HostCallReport))]
[JsonSerializable(typeof(CacheOrder))]
[JsonSerializable(typeof(CacheReport))]
[JsonSerializable(typeof(JsCacheEntry[]))]
[JsonSerializable(typeof(IReadOnlyList<BroadcastMessage>))]
[JsonSerializable(typeof(CompileOrder))]
[JsonSerializable(typeof(CompileReport))]
[JsonSerializable(typeof(StreamJsonRpc.Protocol.CommonErrorData))]
[JsonSerializable(typeof(ForwardedHead))]
[JsonSerializable(typeof(ForwardedFailure))]
internal sealed partial class WorkersJson : JsonSerializerContext;
