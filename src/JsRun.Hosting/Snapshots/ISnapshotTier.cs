using JsRun.Engine.Isolates;

namespace JsRun.Snapshots;

/// <summary>One way to keep what scripts have made, and to give it to new runtimes. Tiers are registered in the container; the first that can, builds. Thread-safe.</summary>
internal interface ISnapshotTier
{
    JsImageTier Tier { get; }

    /// <summary>Returns whether runtimes can start from it here.</summary>
    bool CanRestore(SnapshotFile snapshot);

    /// <summary>Runs the scripts, under the options' limits, and keeps what they made.</summary>
    /// <param name="recipe">The scripts.</param>
    /// <param name="options">The limits.</param>
    /// <param name="cancellationToken">Interrupts.</param>
    /// <returns>What <see cref="Prepare"/> and <see cref="RestoreAsync"/> will need beside the recipe, or why this tier cannot keep it; then the next tier is asked.</returns>
    /// <exception cref="JavaScriptException">A script threw: no other tier is asked.</exception>
    ValueTask<SnapshotBuild> BuildAsync(SnapshotRecipe recipe, JsSnapshotOptions options, CancellationToken cancellationToken);

    /// <summary>Says how the isolate and the context of a runtime that starts from a snapshot are made.</summary>
    /// <param name="snapshot">A snapshot of this tier.</param>
    /// <param name="isolate">How they would be made without.</param>
    IsolateSettings Prepare(SnapshotFile snapshot, IsolateSettings isolate);

    /// <summary>Brings a new runtime, which nobody has used, to the snapshot's state.</summary>
    ValueTask RestoreAsync(SnapshotFile snapshot, IJsRuntime runtime, CancellationToken cancellationToken);
}
