using JsRun.Engine.Isolates;
using JsRun.Runtimes;

namespace JsRun.Snapshots;

/// <summary>
/// Snapshots that are replayed: the scripts run again for each runtime. What they read of clock, chance and locale is each runtime's own.
/// </summary>
internal sealed class ReplaySnapshots(Lazy<IJsRuntimeFactory> runtimes, TimeProvider time) : ISnapshotTier
{
    public JsImageTier Tier => JsImageTier.Replay;

    /// <summary>Every snapshot has its scripts.</summary>
    public bool CanRestore(SnapshotFile snapshot) => true;

    public async ValueTask<SnapshotBuild> BuildAsync(SnapshotRecipe recipe, JsSnapshotOptions options, CancellationToken cancellationToken)
    {
        // Once, so that what is wrong is found now and not by every runtime.
        var runtime = await runtimes.Value.CreateAsync(
            new JsRuntimeOptions { Surface = options.Surface, Timeout = options.Timeout, MaxHeapBytes = options.MaxHeapBytes, Console = { OnMessage = options.OnConsoleMessage } },
            cancellationToken).ConfigureAwait(false);
        await using (runtime.ConfigureAwait(false))
        {
            await RunAsync(recipe, runtime, cancellationToken).ConfigureAwait(false);
            await SettleAsync(runtime, options.Timeout, cancellationToken).ConfigureAwait(false);
        }

        return new SnapshotBuild([]);
    }

    public IsolateSettings Prepare(SnapshotFile snapshot, IsolateSettings isolate) => isolate;

    public ValueTask RestoreAsync(SnapshotFile snapshot, IJsRuntime runtime, CancellationToken cancellationToken) => RunAsync(snapshot.Recipe, runtime, cancellationToken);

    /// <summary>What comes after them runs only when the microtasks that the scripts left behind have ended.</summary>
    private async ValueTask SettleAsync(IJsRuntime runtime, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = new TimeLimit(JsExecutionKind.EvaluateAsync, timeout, time, cancellationToken);
        await limit.RunAsync("the snapshot's microtasks", token => runtime.EvaluateTextAsync("void 0", "<snapshot>", token)).ConfigureAwait(false);
    }

    private static async ValueTask RunAsync(SnapshotRecipe recipe, IJsRuntime runtime, CancellationToken cancellationToken)
    {
        foreach (var (name, source) in recipe.Scripts)
        {
            try
            {
                // Whatever the script's value is, nobody wants it.
                await runtime.EvaluateTextAsync($"{source}\n;void 0", name, cancellationToken).ConfigureAwait(false);
            }
            catch (JavaScriptException e) when (ModuleSyntax.Explains(e))
            {
                throw new JsSnapshotException($"The script '{name}' of the snapshot is an ES module: snapshots take classic scripts. Bundle it as one, for example with \"npx esbuild main.js --bundle --format=iife\".", e);
            }
        }
    }
}
