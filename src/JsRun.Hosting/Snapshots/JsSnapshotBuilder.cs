using JsRun.Snapshots;

namespace JsRun;

/// <summary>
/// Builds one <see cref="JsSnapshot"/> from classic scripts, which share one set of globals. Get one from <see cref="IJsRuntimeFactory.CreateSnapshotBuilder"/> or
/// <see cref="Js.CreateSnapshotBuilder"/>. Not thread-safe.
/// </summary>
public sealed class JsSnapshotBuilder
{
    private readonly JsSnapshotOptions _options;
    private readonly SnapshotTiers _tiers;
    private readonly List<SnapshotScript> _scripts = [];
    private bool _built;

    internal JsSnapshotBuilder(JsSnapshotOptions options, SnapshotTiers tiers)
    {
        _options = options;
        _tiers = tiers;
        if (options.Bootstrap is { } bootstrap)
        {
            _scripts.Add(new SnapshotScript("<bootstrap>", bootstrap));
        }
    }

    /// <summary>Adds a script. It runs when the snapshot is built, after those that were added before.</summary>
    /// <param name="name">The name that stack traces show.</param>
    /// <param name="source">A classic script; ES modules are refused.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The snapshot has been built.</exception>
    public JsSnapshotBuilder AddScript(string name, string source)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(source);
        ThrowIfBuilt();
        _scripts.Add(new SnapshotScript(name, source));
        return this;
    }

    /// <summary>Runs the scripts and builds the snapshot. Once.</summary>
    /// <param name="cancellationToken">Interrupts the scripts.</param>
    /// <returns>The snapshot.</returns>
    /// <exception cref="JavaScriptException">A script threw; its stack names the script.</exception>
    /// <exception cref="JsSnapshotException">A script is an ES module.</exception>
    /// <exception cref="JsTimeoutException">A script took longer than <see cref="JsSnapshotOptions.Timeout"/>.</exception>
    /// <exception cref="JsMemoryLimitException">The scripts need more memory than <see cref="JsSnapshotOptions.MaxHeapBytes"/>.</exception>
    /// <exception cref="InvalidOperationException">The snapshot has been built.</exception>
    public async ValueTask<JsSnapshot> BuildAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfBuilt();
        _built = true;
        return new JsSnapshot(await _tiers.BuildAsync(new SnapshotRecipe(_options.Surface, [.. _scripts]), _options, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Runs the scripts and builds the snapshot, while the calling thread waits. Once.</summary>
    /// <param name="cancellationToken">Interrupts the scripts.</param>
    /// <returns>The snapshot.</returns>
    /// <exception cref="JavaScriptException">A script threw; its stack names the script.</exception>
    /// <exception cref="JsSnapshotException">A script is an ES module.</exception>
    /// <exception cref="JsTimeoutException">A script took longer than <see cref="JsSnapshotOptions.Timeout"/>.</exception>
    /// <exception cref="JsMemoryLimitException">The scripts need more memory than <see cref="JsSnapshotOptions.MaxHeapBytes"/>.</exception>
    /// <exception cref="InvalidOperationException">The snapshot has been built.</exception>
    public JsSnapshot Build(CancellationToken cancellationToken = default) => BuildAsync(cancellationToken).AsTask().GetAwaiter().GetResult();

    private void ThrowIfBuilt()
    {
        if (_built)
        {
            throw new InvalidOperationException("Snapshot already built: a builder builds one. Create another builder.");
        }
    }
}
