using JsRun.Diagnostics;
using JsRun.Engine.Contexts;
using JsRun.Engine.Isolates;
using JsRun.Images;
using JsRun.Pooling;

namespace JsRun.Groups;

/// <summary>Makes the isolates of one pool group.</summary>
internal sealed class PooledIsolateFactory(string group, ContextOptions options, IGroupImages images, IsolateServices services, JsRunMetrics metrics, bool isInspected = false) : IIsolateFactory<PooledIsolate>
{
    private readonly RecentFunctions _recent = new();
    private readonly ContextCounter _counter = new(metrics, group);
    private int _count;

    public async Task<PooledIsolate> CreateAsync(IsolatePool<PooledIsolate> pool, CancellationToken stopping)
    {
        var name = $"jsrun-{(isInspected ? "inspected-" : "")}{(group.Length == 0 ? "default" : group)}-{Interlocked.Increment(ref _count)}";
        var engine = new V8Isolate(IsolateSettings.For(name, options.Limits, group) with { Image = images.Acquire(), IsInspected = isInspected }, services);
        var isolate = new PooledIsolate(engine, pool, _recent, _counter);
        try
        {
            await engine.StartAsync().ConfigureAwait(false);
            // Warming evaluates functions, which may take as long as they are allowed to; and when the pool has ended nobody watches them any more.
            await using var end = stopping.UnsafeRegister(static engine => _ = ((V8Isolate)engine!).StopAsync(interrupt: true), engine).ConfigureAwait(false);
            await isolate.WarmAsync(options).ConfigureAwait(false);
            return isolate;
        }
        catch
        {
            // Nobody else knows of it.
            engine.Dispose();
            throw;
        }
    }
}
