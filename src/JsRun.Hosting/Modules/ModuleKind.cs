using System.Text.Json.Serialization;

namespace JsRun.Modules;

/// <summary>What a module is made of.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ModuleKind>))]
internal enum ModuleKind
{
    /// <summary>A compiled function.</summary>
    [JsonStringEnumMemberName("js")]
    Js,

    /// <summary>A JSON text, imported with <c>type: 'json'</c>.</summary>
    [JsonStringEnumMemberName("json")]
    Json,

    /// <summary>A text, imported with <c>type: 'text'</c>.</summary>
    [JsonStringEnumMemberName("text")]
    Text,

    /// <summary>A module that failed to load or compile and rejects whoever imports it.</summary>
    [JsonStringEnumMemberName("error")]
    Error,
}
