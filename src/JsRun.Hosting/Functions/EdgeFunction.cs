namespace JsRun.Functions;

/// <summary>A deployed function: its current generation and its counters. Thread-safe.</summary>
internal abstract class EdgeFunction
{
    /// <summary>
    /// Raised when a deployment that nobody waited for has changed <see cref="State"/>: JsRun tried again by itself, or the top level ended after
    /// <see cref="EdgeFunctionDescriptor.WaitsForTopLevel"/> had let the others go on. On any thread.
    /// </summary>
    public event EventHandler? StateChanged;

    /// <summary>What was deployed.</summary>
    public abstract EdgeFunctionDescriptor Descriptor { get; }

    /// <summary>Gets whether it answers.</summary>
    public abstract EdgeFunctionState State { get; }

    /// <summary>The deployed version that serves: 1 for the first, 0 while there is none.</summary>
    public abstract int Generation { get; }

    /// <summary>The state that its requests share.</summary>
    public abstract JsIsolation Isolation { get; }

    /// <summary>What its pristine contexts start from.</summary>
    public abstract JsImageTier Tier { get; }

    /// <summary>The reason for its tier, or <see langword="null"/> if there is nothing to say.</summary>
    public abstract string? TierReason { get; }

    /// <summary>The reason for which the newest version of the file does not serve: message, file, line, column and code frame; <see langword="null"/> if it serves.</summary>
    public abstract string? Error { get; }

    /// <summary>Requests since the function was deployed first.</summary>
    public abstract long Requests { get; }

    /// <summary>The files that the newest attempt read, absolute, the function's own first: a change of any is a reason to reload.</summary>
    public abstract IReadOnlyList<string> Files { get; }

    /// <summary>Reads the files again and, where they changed, deploys a new generation. Requests in flight finish on the old one; a broken version leaves the old one serving.</summary>
    /// <param name="cancellationToken">Ends the deployment.</param>
    /// <returns>Whether a new generation serves.</returns>
    public abstract ValueTask<bool> ReloadAsync(CancellationToken cancellationToken = default);

    /// <summary>Runs the function, within its filters, under its pipeline (concurrency limit, timeout) on a lease of its group's pool.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">The caller has gone: <c>request.signal</c> aborts.</param>
    /// <returns>The response; dispose of it.</returns>
    /// <exception cref="JavaScriptException">The handler threw, rejected, or did not answer with a <c>Response</c>.</exception>
    /// <exception cref="JsTimeoutException">The limit of wall clock or CPU time was reached.</exception>
    /// <exception cref="JsMemoryLimitException">The isolate reached its heap limit.</exception>
    /// <exception cref="JsIsolateLostException">The isolate was lost to another request.</exception>
    /// <exception cref="JsPoolExhaustedException">No lease: the queue is full, the wait too long, or the function's concurrency limit reached.</exception>
    /// <exception cref="JsModuleException">The function's <see cref="State"/> is <see cref="EdgeFunctionState.Failed"/> or <see cref="EdgeFunctionState.Removed"/>.</exception>
    /// <exception cref="JsTerminatedException">The host is stopping.</exception>
    /// <exception cref="JsHostException">A filter threw.</exception>
    /// <exception cref="EdgeFunctionRequestException">The request's URL is not valid.</exception>
    /// <exception cref="OperationCanceledException">The client has disconnected.</exception>
    public abstract ValueTask<EdgeFunctionResponse> InvokeAsync(EdgeFunctionRequest request, CancellationToken cancellationToken);

    /// <summary>Raises <see cref="StateChanged"/>.</summary>
    protected void OnStateChanged() => StateChanged?.Invoke(this, EventArgs.Empty);
}
