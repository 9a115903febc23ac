using JsRun.Engine.Scripts;
using JsRun.Limits;
using JsRun.Modules;
using JsRun.Modules.Graphs;
using JsRun.Modules.Sources;
using JsRun.Scheduling;

namespace JsRun.Engine.Contexts;

/// <summary>Modules that a dynamic import names at run time, from the function's own folder and never from outside of it.</summary>
/// <param name="builder">Builds graphs.</param>
/// <param name="root">The folder.</param>
/// <param name="deployed">What contexts have from the beginning.</param>
/// <param name="lane">Where files are read: on the group's own threads, so that one group's imports keep no other's waiting.</param>
/// <param name="loading">How modules are loaded that are not in the folder.</param>
internal sealed class FolderModuleSource(ModuleGraphBuilder builder, string root, ModuleGraph deployed, WorkLane lane, ModuleLoading? loading = null) : IModuleSource
{
    public bool OneAtATime => true;

    public async ValueTask<ScriptGraph> LoadAsync(ModuleRequest request, string referrer, HashSet<(string Url, string? Type)> known, CpuBudget budget, CancellationToken cancellationToken)
    {
        var graph = await lane.RunAsync(() => Load(request, referrer, known, budget, cancellationToken), cancellationToken).ConfigureAwait(false);
        return graph.ToScripts() with { Added = () => known.UnionWith(graph.Modules.Where(m => m.Kind != ModuleKind.Error).Select(m => m.Key)) };
    }

    private ModuleGraph Load(ModuleRequest request, string referrer, HashSet<(string Url, string? Type)> known, CpuBudget budget, CancellationToken cancellationToken)
    {
        // The message must not name the folder: scripts read it.
        if (!Directory.Exists(root))
        {
            throw new JsModuleException($"Cannot import '{request.Specifier}': the folder of functions does not exist any more.");
        }

        budget.Begin();
        try
        {
            // The thread is the lane's: it may wait for the compiler's.
            return builder.LoadAsync(root, request, referrer, new ModuleLoadScope(deployed, known, budget.Demand), cancellationToken, loading).AsTask().GetAwaiter().GetResult().GraphOrThrow();
        }
        finally
        {
            budget.End();
        }
    }
}
