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

    /// <summary>Bytes, imported with <c>type: 'bytes'</c>; base64 where they cross.</summary>
    [JsonStringEnumMemberName("bytes")]
    Bytes,

    /// <summary>A compiled <c>WebAssembly.Module</c>, imported with <c>type: 'webassembly'</c>; base64 where it crosses.</summary>
    [JsonStringEnumMemberName("webassembly")]
    WebAssembly,

    /// <summary>A WebAssembly instance, whose imports come from modules; base64 where it crosses.</summary>
    [JsonStringEnumMemberName("wasm")]
    Wasm,

    /// <summary>A module that failed to load or compile and rejects whoever imports it.</summary>
    [JsonStringEnumMemberName("error")]
    Error,
}
