using System.Collections.Immutable;
using JsRun.Diagnostics;
using JsRun.Functions.Filters;
using JsRun.Functions.Pipelines;
using JsRun.Groups;
using JsRun.Workers;

namespace JsRun.Functions;

/// <inheritdoc cref="IEdgeFunctionHost"/>
internal sealed class EdgeFunctionHost(PoolGroups groups, FunctionDeployer deployer, FunctionPipelines pipelines, FunctionFilters filters, TimeProvider time, JsRunMetrics metrics, WorkerPlacement workers) : IEdgeFunctionHost, IDisposable
{
    private readonly Lock _lock = new();
    private ImmutableList<EdgeFunction> _functions = [];

    public IReadOnlyList<EdgeFunction> Functions => _functions;

    public async ValueTask<EdgeFunction> DeployAsync(EdgeFunctionDescriptor descriptor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        var group = groups.Get(descriptor.Group);
        EdgeFunction function = group.IsHosted
            ? new DeployedFunction(descriptor, group, deployer, pipelines.For(descriptor, group), time, metrics, filters.For(group.Name))
            : new ForwardedFunction(descriptor, group, workers.Get(group.Name), workers, pipelines.For(descriptor, group), time, metrics, filters.For(group.Name));
        lock (_lock)
        {
            if (_functions.Exists(f => f.Descriptor.Name == descriptor.Name && f.Descriptor.Group == descriptor.Group))
            {
                (function as IDisposable)?.Dispose();
                throw new ArgumentException($"A function named '{descriptor.Name}' is deployed already in the group '{descriptor.Group}'.", nameof(descriptor));
            }

            _functions = _functions.Add(function);
        }

        (function as ForwardedFunction)?.Join();

        await function.ReloadAsync(cancellationToken).ConfigureAwait(false);
        return function;
    }

    public void Remove(EdgeFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        lock (_lock)
        {
            _functions = _functions.RemoveAll(f => ReferenceEquals(f, function));
        }

        (function as DeployedFunction)?.Retire();
        (function as ForwardedFunction)?.Retire();
    }

    /// <summary>Ends deployments that nobody waits for.</summary>
    public void StopDeploying()
    {
        foreach (var function in _functions.OfType<DeployedFunction>())
        {
            function.StopDeploying();
        }
    }

    public void Dispose()
    {
        foreach (var function in _functions.OfType<DeployedFunction>())
        {
            function.Dispose();
        }
    }

    public JsPoolStatus GetPoolStatus(string group = JsRunOptions.DefaultGroupName) => groups.Get(group) is { IsHosted: true } hosted ? hosted.Pool.Status : workers.PoolOf(group);

    public IRequestForwarder? Forwarder
    {
        get => workers.Forwarder;
        set => workers.Forwarder = value;
    }

    public IEnumerable<WorkerStatus> Workers => workers.Status;

    public Task RefreshAsync(CancellationToken cancellationToken = default) => workers.RefreshAsync(cancellationToken);
}
