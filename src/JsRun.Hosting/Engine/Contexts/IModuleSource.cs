using JsRun.Engine.Scripts;
using JsRun.Limits;
using JsRun.Modules;

namespace JsRun.Engine.Contexts;

/// <summary>Finds what a dynamic import asks for at run time and the graph does not hold. Thread-safe.</summary>
internal interface IModuleSource
{
    /// <summary>Gets whether a context asks for one thing after the other: what one load brings, the next one need not.</summary>
    bool OneAtATime { get; }

    /// <param name="request">The specifier as it was written, and the import attribute.</param>
    /// <param name="referrer">Who asks: a module's URL, or <c>#</c> and a script's number.</param>
    /// <param name="known">Modules that earlier loads have brought into the context, for sources that are asked for one thing after the other.</param>
    /// <param name="budget">What it may spend of the processor; the source counts what it does.</param>
    /// <param name="cancellationToken">Signalled when nobody waits for it any more: what it was for has ended, or the context is gone.</param>
    /// <exception cref="JsModuleException">It is not there, or does not compile.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the budget is spent.</exception>
    ValueTask<ScriptGraph> LoadAsync(ModuleRequest request, string referrer, HashSet<(string Url, string? Type)> known, CpuBudget budget, CancellationToken cancellationToken);
}
