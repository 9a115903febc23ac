using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace JsRun;

/// <summary>The source of one module, as text or as bytes. Immutable; a string converts by itself.</summary>
public sealed class JsModuleSource
{
    private JsModuleSource(JsModuleSourceKind kind, ReadOnlyMemory<byte> content)
    {
        Kind = kind;
        Content = content;
    }

    /// <summary>What the source is.</summary>
    public JsModuleSourceKind Kind { get; }

    internal ReadOnlyMemory<byte> Content { get; }

    /// <summary>A source of which the import decides what it is.</summary>
    /// <param name="text">The text: code, or whatever the import's <c>type</c> asks for.</param>
    /// <returns>The source; <see langword="null"/> of <see langword="null"/>.</returns>
    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator JsModuleSource?(string? text) => text is null ? null : FromString(text);

    /// <summary>A source of which the import decides what it is.</summary>
    /// <param name="text">The text: code, or whatever the import's <c>type</c> asks for.</param>
    /// <returns>The source.</returns>
    public static JsModuleSource FromString(string text) => FromText(JsModuleSourceKind.Automatic, text);

    /// <summary>A source of which the import decides what it is.</summary>
    /// <param name="content">The bytes; code, JSON and text are UTF-8. Not copied: they must not change.</param>
    /// <returns>The source.</returns>
    public static JsModuleSource FromBytes(ReadOnlyMemory<byte> content) => new(JsModuleSourceKind.Automatic, content);

    /// <summary>An ES module in JavaScript.</summary>
    /// <param name="code">The code.</param>
    /// <returns>The source.</returns>
    public static JsModuleSource JavaScript(string code) => FromText(JsModuleSourceKind.JavaScript, code);

    /// <summary>An ES module in TypeScript. Types are taken out, not checked.</summary>
    /// <param name="code">The code.</param>
    /// <returns>The source.</returns>
    public static JsModuleSource TypeScript(string code) => FromText(JsModuleSourceKind.TypeScript, code);

    /// <summary>A JSON text, imported with <c>{ type: 'json' }</c>.</summary>
    /// <param name="json">The text.</param>
    /// <returns>The source.</returns>
    public static JsModuleSource Json(string json) => FromText(JsModuleSourceKind.Json, json);

    /// <summary>A text, imported with <c>{ type: 'text' }</c>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The source.</returns>
    public static JsModuleSource Text(string text) => FromText(JsModuleSourceKind.Text, text);

    /// <summary>Bytes, imported with <c>{ type: 'bytes' }</c>.</summary>
    /// <param name="content">The bytes. Not copied: they must not change.</param>
    /// <returns>The source.</returns>
    public static JsModuleSource Bytes(ReadOnlyMemory<byte> content) => new(JsModuleSourceKind.Bytes, content);

    /// <summary>A WebAssembly module.</summary>
    /// <param name="content">The module in the binary format. Not copied: the bytes must not change.</param>
    /// <returns>The source.</returns>
    public static JsModuleSource WebAssembly(ReadOnlyMemory<byte> content) => new(JsModuleSourceKind.WebAssembly, content);

    private static JsModuleSource FromText(JsModuleSourceKind kind, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new JsModuleSource(kind, Encoding.UTF8.GetBytes(text));
    }
}
