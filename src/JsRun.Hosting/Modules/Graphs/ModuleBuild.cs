using System.Collections.Immutable;

namespace JsRun.Modules.Graphs;

/// <summary>The outcome of an attempt to build a graph: a graph or an error, and in both cases the files that decide it.</summary>
/// <param name="Graph">The graph, unless the attempt failed.</param>
/// <param name="Error">What is wrong, with file, line, column and a code frame where known.</param>
/// <param name="Files">Full paths of the files that were read or looked for: a change of one of them may change the outcome.</param>
internal sealed record ModuleBuild(ModuleGraph? Graph, JsModuleException? Error, ImmutableArray<string> Files)
{
    /// <summary>The graph.</summary>
    /// <exception cref="JsModuleException">The attempt failed.</exception>
    public ModuleGraph GraphOrThrow() => Graph ?? throw Error!;
}
