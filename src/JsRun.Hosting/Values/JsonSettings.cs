using System.Text.Json;
using System.Text.Json.Serialization;

namespace JsRun.Values;

/// <summary>The contracts of System.Text.Json that are used where the embedder gives none: the web's, with the numbers that JSON lacks.</summary>
internal static class JsonSettings
{
    public static JsonSerializerOptions Default { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
