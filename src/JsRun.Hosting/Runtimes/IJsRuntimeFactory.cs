namespace JsRun;

/// <summary>Creates and rents runtimes. Thread-safe; a singleton in the container. <see cref="JsRuntimeFactoryExtensions"/> has shorter forms.</summary>
public interface IJsRuntimeFactory
{
    /// <summary>Leases a pristine runtime from the pool of a group (<see cref="JsRentOptions.Group"/>), with options of its own. Disposing of it gives the lease back.</summary>
    /// <param name="options">What it has beside, or in the place of, what its group gives it; the default is a new <see cref="JsRentOptions"/>.</param>
    /// <param name="cancellationToken">Ends the wait for a lease.</param>
    /// <returns>The runtime.</returns>
    /// <exception cref="ArgumentException">There is no such group, or an option is out of its range.</exception>
    /// <exception cref="FormatException">A permission is not valid.</exception>
    /// <exception cref="JsPoolExhaustedException">The queue for leases is full, or the wait was too long.</exception>
    ValueTask<IJsRuntime> RentAsync(JsRentOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Creates a runtime with an isolate of its own. Disposing of it ends the isolate and its thread.</summary>
    /// <param name="options">How it is made; the default is a new <see cref="JsRuntimeOptions"/>.</param>
    /// <param name="cancellationToken">Ends the wait for the isolate.</param>
    /// <returns>The runtime.</returns>
    /// <exception cref="ArgumentException">The options contradict each other, or one is out of its range.</exception>
    /// <exception cref="JavaScriptException">A bootstrap script threw.</exception>
    /// <exception cref="JsTimeoutException">A bootstrap script took too long.</exception>
    /// <exception cref="JsMemoryLimitException">A bootstrap script reached the heap limit.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled. Nothing is left of the runtime.</exception>
    /// <exception cref="JsSnapshotException">The snapshot does not fit.</exception>
    ValueTask<IJsRuntime> CreateAsync(JsRuntimeOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Begins a snapshot, for runtimes to start from (<see cref="JsRuntimeOptions.Snapshot"/>).</summary>
    /// <param name="options">How it is built.</param>
    /// <returns>The builder.</returns>
    JsSnapshotBuilder CreateSnapshotBuilder(JsSnapshotOptions? options = null);
}
