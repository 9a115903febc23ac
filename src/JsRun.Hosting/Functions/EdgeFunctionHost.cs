using System.Collections.Immutable;
using JsRun.Diagnostics;
using JsRun.Functions.Filters;
using JsRun.Groups;
using JsRun.Scheduling;
using Polly;
using Polly.Registry;
using Polly.Timeout;

namespace JsRun.Functions;

/// <inheritdoc cref="IEdgeFunctionHost"/>
internal sealed class EdgeFunctionHost(PoolGroups groups, FunctionDeployer deployer, ResiliencePipelineRegistry<string> pipelines, FunctionFilters filters, TimeProvider time, JsRunMetrics metrics) : IEdgeFunctionHost, IDisposable
{
    private readonly Lock _lock = new();
    private ImmutableList<DeployedFunction> _functions = [];

    public IReadOnlyList<EdgeFunction> Functions => _functions;

    public async ValueTask<EdgeFunction> DeployAsync(EdgeFunctionDescriptor descriptor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        var group = groups.Get(descriptor.Group);
        var function = new DeployedFunction(descriptor, group, deployer, PipelineOf(descriptor, group), time, metrics, filters.For(group.Name));
        lock (_lock)
        {
            if (_functions.Exists(f => f.Descriptor.Name == descriptor.Name && f.Descriptor.Group == descriptor.Group))
            {
                function.Dispose();
                throw new ArgumentException($"A function named '{descriptor.Name}' is deployed already in the group '{descriptor.Group}'.", nameof(descriptor));
            }

            _functions = _functions.Add(function);
        }

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
    }

    /// <summary>Ends deployments that nobody waits for.</summary>
    public void StopDeploying()
    {
        foreach (var function in _functions)
        {
            function.StopDeploying();
        }
    }

    public void Dispose()
    {
        foreach (var function in _functions)
        {
            function.Dispose();
        }
    }

    public JsPoolStatus GetPoolStatus(string group = JsRunOptions.DefaultGroupName) => groups.Get(group).Pool.Status;

    /// <summary>
    /// The function's pipeline, named <c>JsRun:&lt;name&gt;</c> (in a group: <c>JsRun:&lt;group&gt;:&lt;name&gt;</c>). Who registers one of that name replaces it.
    /// </summary>
    private ResiliencePipeline PipelineOf(EdgeFunctionDescriptor descriptor, PoolGroup group)
    {
        var key = group.Name.Length == 0 ? $"JsRun:{descriptor.Name}" : $"JsRun:{group.Name}:{descriptor.Name}";
        // Only this finds those that were registered by AddResiliencePipeline.
        return pipelines.TryGetPipeline(key, out var replacement) ? replacement : pipelines.GetOrAddPipeline(key, builder =>
        {
            var limits = group.Options.Limits;
            builder.TimeProvider = GuardedTime.Of(time);
            // JsRun itself logs and measures what these strategies do: Polly would report each time-out as an error.
            builder.TelemetryListener = null;
            if (limits.MaxConcurrency is { } most)
            {
                builder.AddConcurrencyLimiter(most);
            }

            builder.AddTimeout(new TimeoutStrategyOptions { Timeout = limits.Timeout });
        });
    }
}
