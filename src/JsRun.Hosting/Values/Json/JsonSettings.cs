using System.Text.Json;
using System.Text.Json.Serialization;

namespace JsRun.Values.Json;

/// <summary>The contracts of System.Text.Json that are used if the embedder gives none: the web's, with the numbers that JSON lacks. <see cref="JsonContracts"/> makes them ready.</summary>
internal static class JsonSettings
{
    public static JsonSerializerOptions Default { get; } = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };
}
