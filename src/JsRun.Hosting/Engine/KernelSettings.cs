using System.Text.Json.Serialization;

namespace JsRun.Engine;

/// <summary>What a context is told before any user code runs. Mirrors <c>JavaScript/src/kernel/settings.ts</c>.</summary>
internal sealed record KernelSettings(
    [property: JsonConverter(typeof(JsonStringEnumConverter<JsSurface>))] JsSurface Surface,
    IReadOnlyDictionary<string, string> Env,
    int MaxTimers,
    int MaxConsoleBytes,
    long MaxWasmBytes,
    int MaxValueDepth,
    long MaxValueBytes,
    bool Bindings = false);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(KernelSettings))]
internal sealed partial class KernelSettingsJson : JsonSerializerContext;
