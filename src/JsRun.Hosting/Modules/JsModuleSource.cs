using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace JsRun;

/// <summary>
/// The source of one module. Each method names the kind of the source: no import takes it for code or JSON if it is something else. <see cref="Auto(string)"/> leaves the kind to the import.
/// Immutable and thread-safe.
/// </summary>
public sealed class JsModuleSource
{
    private JsModuleSource(JsModuleSourceKind kind, ReadOnlyMemory<byte> content)
    {
        Kind = kind;
        Content = content;
    }

    /// <summary>Gets what the source is.</summary>
    public JsModuleSourceKind Kind { get; }

    internal ReadOnlyMemory<byte> Content { get; }

    /// <summary>Converts a string as <see cref="Auto(string)"/> does. There is no conversion of bytes: <c>Bytes</c>, <c>WebAssembly</c> and <c>Auto</c> mean different things.</summary>
    /// <param name="text">The text, or <see langword="null"/>.</param>
    /// <returns>The source, or <see langword="null"/> for <see langword="null"/>.</returns>
    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator JsModuleSource?(string? text) => text is null ? null : Auto(text);

    /// <summary>Creates a source that is what the import asks for: data if the import has a <c>type</c>, otherwise code. The extension of the URL tells TypeScript and JSX from JavaScript.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The source.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is <see langword="null"/>.</exception>
    public static JsModuleSource Auto(string text) => FromText(JsModuleSourceKind.Auto, text);

    /// <summary>Creates a source that is what the import asks for, as <see cref="Auto(string)"/> does. Without a <c>type</c>, bytes that begin as a WebAssembly module does are one.</summary>
    /// <param name="content">The bytes. Code, JSON and text are UTF-8. The bytes are not copied: they must not change.</param>
    /// <returns>The source.</returns>
    public static JsModuleSource Auto(ReadOnlyMemory<byte> content) => new(JsModuleSourceKind.Auto, content);

    /// <summary>Creates an ES module in JavaScript.</summary>
    /// <param name="code">The code.</param>
    /// <returns>The source.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="code"/> is <see langword="null"/>.</exception>
    public static JsModuleSource JavaScript(string code) => FromText(JsModuleSourceKind.JavaScript, code);

    /// <summary>Creates an ES module in TypeScript. Types are removed, not checked.</summary>
    /// <param name="code">The code.</param>
    /// <returns>The source.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="code"/> is <see langword="null"/>.</exception>
    public static JsModuleSource TypeScript(string code) => FromText(JsModuleSourceKind.TypeScript, code);

    /// <summary>Creates a JSON text, imported with <c>{ type: 'json' }</c>.</summary>
    /// <param name="json">The JSON text. It is parsed when it is imported.</param>
    /// <returns>The source.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is <see langword="null"/>.</exception>
    public static JsModuleSource Json(string json) => FromText(JsModuleSourceKind.Json, json);

    /// <summary>Creates a text, imported with <c>{ type: 'text' }</c>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The source.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is <see langword="null"/>.</exception>
    public static JsModuleSource Text(string text) => FromText(JsModuleSourceKind.Text, text);

    /// <summary>Creates bytes, imported with <c>{ type: 'bytes' }</c>.</summary>
    /// <param name="content">The bytes. They are not copied: they must not change.</param>
    /// <returns>The source.</returns>
    public static JsModuleSource Bytes(ReadOnlyMemory<byte> content) => new(JsModuleSourceKind.Bytes, content);

    /// <summary>Creates a WebAssembly module.</summary>
    /// <param name="content">The module in the binary format. The bytes are not copied: they must not change.</param>
    /// <returns>The source.</returns>
    public static JsModuleSource WebAssembly(ReadOnlyMemory<byte> content) => new(JsModuleSourceKind.WebAssembly, content);

    private static JsModuleSource FromText(JsModuleSourceKind kind, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new JsModuleSource(kind, Encoding.UTF8.GetBytes(text));
    }
}
