using System.Text.Json.Serialization;

namespace JsRun.Modules;

[JsonSerializable(typeof(CompiledModule))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class ModuleJsonContext : JsonSerializerContext;
