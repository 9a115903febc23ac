namespace JsRun;

/// <summary>Specifies what a module's source is.</summary>
public enum JsModuleSourceKind
{
    /// <summary>
    /// The kind for which the import asks: data of its <c>type</c> if it has one, otherwise code. The extension of the URL tells TypeScript and JSX from JavaScript; bytes that begin as WebAssembly
    /// do are a WebAssembly module.
    /// </summary>
    Auto,

    /// <summary>An ES module in JavaScript, whatever its URL ends in.</summary>
    JavaScript,

    /// <summary>An ES module in TypeScript, whatever its URL ends in.</summary>
    TypeScript,

    /// <summary>A JSON text: imported with <c>{ type: 'json' }</c>, its default export is the parsed value.</summary>
    Json,

    /// <summary>A text: imported with <c>{ type: 'text' }</c>, its default export is the string.</summary>
    Text,

    /// <summary>Bytes: imported with <c>{ type: 'bytes' }</c>, its default export is a <c>Uint8Array</c>.</summary>
    Bytes,

    /// <summary>
    /// A WebAssembly module. Imported without a type it is an instance: its exports are the module's, and its imports are modules (<c>env</c> is the specifier of one). Imported
    /// with <c>{ type: 'webassembly' }</c>, its default export is the compiled <c>WebAssembly.Module</c>.
    /// </summary>
    WebAssembly,
}
