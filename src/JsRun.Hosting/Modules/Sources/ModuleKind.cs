namespace JsRun.Modules.Sources;

/// <summary>What a module is made of.</summary>
internal enum ModuleKind
{
    /// <summary>A compiled function.</summary>
    Js,

    /// <summary>A JSON text, imported with <c>type: 'json'</c>.</summary>
    Json,

    /// <summary>A text, imported with <c>type: 'text'</c>.</summary>
    Text,

    /// <summary>Bytes, imported with <c>type: 'bytes'</c>; base64 where they cross.</summary>
    Bytes,

    /// <summary>A compiled <c>WebAssembly.Module</c>, imported with <c>type: 'webassembly'</c>; base64 where it crosses.</summary>
    WebAssembly,

    /// <summary>A WebAssembly instance, whose imports come from modules; base64 where it crosses.</summary>
    Wasm,

    /// <summary>A module that failed to load or compile and rejects its importers.</summary>
    Error,
}
