using System.Text.Json.Serialization;

namespace JsRun.Functions;

[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class RequestJson : JsonSerializerContext;
