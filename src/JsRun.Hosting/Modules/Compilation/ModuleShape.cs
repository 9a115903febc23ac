using System.Collections.Immutable;

namespace JsRun.Modules.Compilation;

/// <summary>The compiler's account of a module: <c>ModuleShape</c> of <c>JavaScript/src/linker/graph.ts</c>.</summary>
internal sealed record ModuleShape
{
    public ImmutableArray<ModuleRequest> Imports { get; init; } = [];

    public ImmutableArray<ImportedName> Bindings { get; init; } = [];

    public ImmutableArray<LocalExport> Locals { get; init; } = [];

    public ImmutableArray<IndirectExport> Indirect { get; init; } = [];

    public ImmutableArray<int> Stars { get; init; } = [];

    public ImmutableArray<ModuleRequest> Dynamic { get; init; } = [];

    public bool Async { get; init; }

    /// <summary>The place of the function's text in the author's file, if it has moved.</summary>
    public string? Positions { get; init; }

    /// <summary>Gets whether the top level declares something with <c>using</c>.</summary>
    public bool Disposes { get; init; }

    /// <summary>If the module is compiled for instances: the least scope with which it behaves as in a context of its own.</summary>
    public GlobalScope? Globals { get; init; }
}
