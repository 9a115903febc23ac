using JsRun.Groups;
using JsRun.Scheduling;
using JsRun.Workers.Serving;
using Microsoft.Extensions.DependencyInjection;
using Polly;
using Polly.Registry;
using Polly.Timeout;

namespace JsRun.Functions.Pipelines;

/// <summary>
/// The pipelines of functions, named <c>JsRun:&lt;name&gt;</c> (in a group: <c>JsRun:&lt;group&gt;:&lt;name&gt;</c>). A pipeline of that name that the application has registered replaces the function's. Thread-safe.
/// </summary>
internal sealed class FunctionPipelines(ResiliencePipelineRegistry<string> registry, IEnumerable<PipelineConfiguration> configurations, IServiceProvider services, TimeProvider time, WorkerIdentity? worker = null)
{
    private readonly PipelineConfiguration[] _configurations = [.. configurations];

    /// <exception cref="InvalidOperationException">The application's configuration failed.</exception>
    public ResiliencePipeline For(EdgeFunctionDescriptor descriptor, PoolGroup group)
    {
        if (worker is not null)
        {
            // The host's pipeline surrounds the request already.
            return ResiliencePipeline.Empty;
        }

        var key = group.Name.Length == 0 ? $"JsRun:{descriptor.Name}" : $"JsRun:{group.Name}:{descriptor.Name}";
        // Only this finds those that were registered by AddResiliencePipeline.
        return registry.TryGetPipeline(key, out var replacement) ? replacement : registry.GetOrAddPipeline(key, builder =>
        {
            var limits = group.Options.Limits;
            builder.TimeProvider = GuardedTime.Of(time);
            // JsRun itself logs and measures what its own strategies do: Polly would report each time-out as an error.
            builder.TelemetryListener = null;
            Add(builder, EdgeFunctionPipelinePosition.Outer, key, descriptor);
            if (limits.MaxConcurrency is { } most)
            {
                builder.AddConcurrencyLimiter(most);
            }

            builder.AddTimeout(new TimeoutStrategyOptions { Timeout = limits.Timeout });
            Add(builder, EdgeFunctionPipelinePosition.Inner, key, descriptor);
        });
    }

    // In a pipeline of its own, because Polly's telemetry reports what the application's strategies do.
    private void Add(ResiliencePipelineBuilder pipeline, EdgeFunctionPipelinePosition position, string key, EdgeFunctionDescriptor descriptor)
    {
        var own = Array.FindAll(_configurations, configuration => configuration.Position == position);
        if (own.Length == 0)
        {
            return;
        }

        var builder = services.GetRequiredService<ResiliencePipelineBuilder>();
        builder.Name = key;
        builder.TimeProvider = GuardedTime.Of(time);
        try
        {
            foreach (var configuration in own)
            {
                configuration.Configure(builder, new EdgeFunctionPipelineContext(descriptor.Name, descriptor.Group, descriptor.File, services));
            }

            pipeline.AddPipeline(builder.Build());
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"ConfigureFunctionPipeline failed for the function '{descriptor.Name}': the application's callback threw, or the options of a strategy are not valid.", e);
        }
    }
}
