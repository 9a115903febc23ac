using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace JsRun.Modules;

[JsonSerializable(typeof(ModuleGraphJson))]
[JsonSerializable(typeof(CompiledModule))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class ModuleJsonContext : JsonSerializerContext
{
    /// <summary>Read by <c>JSON.parse</c> only, never by an HTML parser: what needs no escaping stays as it is.</summary>
    public static ModuleJsonContext Relaxed { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
