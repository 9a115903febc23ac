using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using JsRun.Functions;
using JsRun.Groups;
using JsRun.WebApi.Broadcast;
using JsRun.Workers.Brokering;
using Microsoft.Extensions.Hosting;

namespace JsRun.Workers.Serving;

/// <summary>In a worker: the functions that the host has ordered. Thread-safe.</summary>
internal sealed class WorkerFunctions(WorkerIdentity worker, IEdgeFunctionHost host, WorkerRunJournal journal, WorkerUplink uplink, PoolGroups groups, IHostApplicationLifetime lifetime) : IWorkerControl
{
    private readonly ConcurrentDictionary<int, Lazy<Task<EdgeFunction>>> _functions = new();
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _limits = new(StringComparer.Ordinal);

    private BroadcastHub Broadcasts => groups.Get(worker.Settings.Group).Context.Shared.Broadcasts;

    public EdgeFunction? Find(int id) => _functions.TryGetValue(id, out var deployment) ? Find(deployment) : null;

    public async Task<FunctionReport> DeployAsync(FunctionOrder order, CancellationToken cancellationToken)
    {
        var own = new Lazy<Task<EdgeFunction>>(() => DeployFirstAsync(order, cancellationToken));
        var deployment = _functions.GetOrAdd(order.Id, own);
        EdgeFunction function;
        try
        {
            function = await deployment.Value.ConfigureAwait(false);
        }
        catch
        {
            // The next order tries again.
            _functions.TryRemove(KeyValuePair.Create(order.Id, deployment));
            throw;
        }

        if (!ReferenceEquals(deployment, own))
        {
            // Its files may have changed since the first order, which may not have been carried out when this one came.
            await function.ReloadAsync(cancellationToken).ConfigureAwait(false);
        }

        return Report(order.Id, function);
    }

    public async Task RemoveAsync(int id, CancellationToken cancellationToken)
    {
        if (_functions.TryRemove(id, out var deployment))
        {
            host.Remove(await deployment.Value.ConfigureAwait(false));
        }
    }

    public Task ExpireAsync(string token, CancellationToken cancellationToken) => _limits.TryGetValue(token, out var limit) ? limit.CancelAsync() : Task.CompletedTask;

    public Task<WorkerReport> ReportAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new WorkerReport(host.GetPoolStatus(worker.Settings.Group), [.. _functions.Select(static f => (Id: f.Key, Function: Find(f.Value))).Where(static f => f.Function is not null).Select(static f => Report(f.Id, f.Function!))]));

    public Task BroadcastAsync(IReadOnlyList<BroadcastMessage> messages, CancellationToken cancellationToken)
    {
        foreach (var (channel, message) in messages)
        {
            Broadcasts.Receive(MemoryMarshal.Cast<byte, char>(channel).ToString(), MemoryMarshal.Cast<byte, char>(message).ToString());
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        lifetime.StopApplication();
        return Task.CompletedTask;
    }

    /// <summary>The time limits of a request are the host's: it says when one has passed.</summary>
    public CancellationToken Begin(string token)
    {
        var limit = new CancellationTokenSource();
        _limits[token] = limit;
        return limit.Token;
    }

    public void End(string token)
    {
        if (_limits.TryRemove(token, out var limit))
        {
            limit.Dispose();
        }
    }

    private static EdgeFunction? Find(Lazy<Task<EdgeFunction>> deployment) => deployment is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } deployed } ? deployed.Result : null;

    private async Task<EdgeFunction> DeployFirstAsync(FunctionOrder order, CancellationToken cancellationToken)
    {
        journal.Add(order.Name, order.Id);
        var descriptor = new EdgeFunctionDescriptor { Name = order.Name, Root = order.Root, File = order.File, Group = worker.Settings.Group, WaitsForTopLevel = false, FirstGeneration = order.Generation };
        var function = await host.DeployAsync(descriptor, cancellationToken).ConfigureAwait(false);
        function.StateChanged += (_, _) => _ = uplink.Broker.FunctionChangedAsync(Report(order.Id, function));
        return function;
    }

    private static FunctionReport Report(int id, EdgeFunction function) =>
        new(id, function.State, function.Generation, function.Tier, function.TierReason, function.Error, function.Files);
}
