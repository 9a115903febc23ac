using System.Text.Json.Serialization;
using JsRun.Modules.Compilation;

namespace JsRun.Modules.Graphs;

[JsonSerializable(typeof(CompiledModule))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class ModuleJsonContext : JsonSerializerContext;
