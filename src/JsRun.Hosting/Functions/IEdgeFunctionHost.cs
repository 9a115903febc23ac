using JsRun.Workers;

namespace JsRun.Functions;

/// <summary>Deploys functions and runs them on the pool of their group. Thread-safe; a singleton in the container.</summary>
internal interface IEdgeFunctionHost
{
    /// <summary>The functions that are deployed, or are being deployed, in the order in which <see cref="DeployAsync"/> was called.</summary>
    IReadOnlyList<EdgeFunction> Functions { get; }

    /// <summary>
    /// Deploys a function: compiles its modules, evaluates their top level once. A broken function does not throw: the result's <see cref="EdgeFunction.State"/> and
    /// <see cref="EdgeFunction.Error"/> say so, and <see cref="EdgeFunction.ReloadAsync"/> tries again. JsRun tries again by itself, after 1 and 10 seconds and then each minute, if the
    /// function may not be at fault: its top level still waited for something after <see cref="JsRunLimitsOptions.StartupTimeout"/>, or no isolate was free.
    /// </summary>
    /// <param name="descriptor">What to deploy.</param>
    /// <param name="cancellationToken">Ends the deployment.</param>
    /// <returns>The function.</returns>
    /// <exception cref="ArgumentException">The group is not configured, or the name is taken within it.</exception>
    ValueTask<EdgeFunction> DeployAsync(EdgeFunctionDescriptor descriptor, CancellationToken cancellationToken = default);

    /// <summary>Removes a function. Requests in flight finish.</summary>
    /// <param name="function">The function.</param>
    void Remove(EdgeFunction function);

    /// <summary>The state of a group's pool.</summary>
    /// <param name="group">The group's name; the default group's is empty.</param>
    /// <returns>The state now.</returns>
    /// <exception cref="ArgumentException">The group is not configured.</exception>
    JsPoolStatus GetPoolStatus(string group = JsRunOptions.DefaultGroupName);

    /// <summary>Gets or sets the way of requests to worker processes: whoever maps functions with HTTP sets it.</summary>
    IRequestForwarder? Forwarder { get; set; }

    /// <summary>Gets the worker processes of all groups.</summary>
    IEnumerable<WorkerStatus> Workers { get; }

    /// <summary>Asks worker processes for the state of their pools and functions: what <see cref="GetPoolStatus"/> and the functions say of them is as of then.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when all have answered, or did not answer within 2 seconds.</returns>
    Task RefreshAsync(CancellationToken cancellationToken = default);
}
