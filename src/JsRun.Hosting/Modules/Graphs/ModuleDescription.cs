using System.Collections.Immutable;
using JsRun.Modules.Compilation;
using JsRun.Modules.Sources;

namespace JsRun.Modules.Graphs;

/// <summary>One module: <c>ModuleDescription</c> of <c>JavaScript/src/linker/graph.ts</c>, and the code that travels beside it.</summary>
internal sealed record ModuleDescription(string Url, ModuleKind Kind)
{
    /// <summary>The import attribute under which a failed module was asked for.</summary>
    public string? Type { get; init; }

    /// <summary>The text of a <c>json</c> or <c>text</c> module; the bytes of <c>bytes</c>, <c>webassembly</c> and <c>wasm</c> ones in base64.</summary>
    public string? Source { get; init; }

    public ModuleFailure? Error { get; init; }

    /// <summary>The URLs that the module's specifiers stand for.</summary>
    public ImmutableDictionary<string, string>? Resolved { get; init; }

    public ModuleShape? Shape { get; init; }

    /// <summary>The compiled expression of a <c>js</c> module, to be evaluated under <see cref="Url"/> as the file name.</summary>
    public string? Code { get; init; }

    /// <summary>SHA-256 of what the module was made from, in hexadecimal.</summary>
    public string ContentHash { get; init; } = "";

    /// <summary>What tells modules apart: the same file can be imported as code and as text.</summary>
    public (string Url, string? Type) Key => (Url, Kind switch
    {
        ModuleKind.Json => ModuleTypes.Json,
        ModuleKind.Text => ModuleTypes.Text,
        ModuleKind.Bytes => ModuleTypes.Bytes,
        ModuleKind.WebAssembly => ModuleTypes.WebAssembly,
        _ => Type,
    });
}
