using System.Diagnostics;
using System.Security.Cryptography;
using JsRun.Diagnostics;
using JsRun.Functions;
using JsRun.Groups;
using JsRun.Scheduling;
using JsRun.WebApi.Fetch;
using JsRun.Workers.Brokering;
using Polly;

namespace JsRun.Workers;

/// <summary>A function whose isolates live in worker processes: its state as they report it, and the way of a request to one of them.</summary>
internal sealed class ForwardedFunction(
    EdgeFunctionDescriptor descriptor,
    PoolGroup group,
    WorkerGroup workers,
    WorkerPlacement placement,
    ResiliencePipeline pipeline,
    TimeProvider time,
    JsRunMetrics metrics,
    IEdgeFunctionFilter[]? filters) : PipelinedFunction(descriptor, group.Name, group.Options.Limits, pipeline, time, metrics, filters)
{
    private const int TokenBytes = 16;

    private static int _lastId;

    private readonly FunctionLosses _losses = new(time);
    private volatile FunctionReport? _report;
    private volatile string? _error = FunctionStatus.Deploying.Error;
    private volatile bool _removed;

    /// <summary>Its number in this process, by which workers know it.</summary>
    public int Id { get; } = Interlocked.Increment(ref _lastId);

    public override EdgeFunctionState State => _removed ? EdgeFunctionState.Removed : _report?.State ?? EdgeFunctionState.Failed;

    public override int Generation => _report?.Generation ?? 0;

    public override JsIsolation Isolation { get; } = group.Options.Isolation;

    public override JsImageTier Tier => _report?.Tier ?? JsImageTier.Replay;

    public override string? TierReason => _report is { } report ? report.TierReason : "No version of it is deployed.";

    public override string? Error => _removed ? null : Suspended is { } left ? $"It is suspended for {left.TotalSeconds:0} seconds more: its worker ended {_losses.Count} times while it ran." : _error;

    public override IReadOnlyList<string> Files => _report?.Files ?? [Path.Combine(Descriptor.Root, Descriptor.File)];

    /// <summary>For how long it is not invoked, because it ended too many workers.</summary>
    public TimeSpan? Suspended => _losses.Suspended;

    /// <summary>The number of workers that ended while it ran, of late.</summary>
    public int Losses => _losses.Count;

    /// <summary>Has the group's workers host it.</summary>
    public void Join() => workers.Add(this);

    public FunctionOrder Order() => new(Id, Descriptor.Name, Descriptor.Root, Descriptor.File, Math.Max(1, Generation));

    public override async ValueTask<bool> ReloadAsync(CancellationToken cancellationToken = default)
    {
        _losses.Reset();
        var before = Generation;
        try
        {
            Report(await workers.DeployAsync(this, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e) when (e is JsWorkerLostException or StreamJsonRpc.RemoteRpcException or IOException or ObjectDisposedException)
        {
            _error = $"Its worker ended while it was deployed: {e.Message}";
        }

        return Generation != before;
    }

    /// <summary>A worker reports the function's state.</summary>
    public void Report(FunctionReport report)
    {
        var changed = _report?.State != report.State;
        _report = report;
        _error = report.Error;
        if (changed)
        {
            OnStateChanged();
        }
    }

    /// <summary>A worker ended while the function ran.</summary>
    /// <returns>For how long it is suspended, if it is.</returns>
    public TimeSpan? Lost() => _losses.Add();

    public void Retire()
    {
        _removed = true;
        workers.RemoveAsync(this).Forget();
    }

    protected override async ValueTask<Outcome<EdgeFunctionResponse>> RunAsync(EdgeFunctionRequest request, long began, CancellationToken caller, CancellationToken cancellationToken)
    {
        try
        {
            return Outcome.FromResult(await ForwardAsync(request, caller, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e)
        {
            return Outcome.FromException<EdgeFunctionResponse>(e);
        }
    }

    private async Task<EdgeFunctionResponse> ForwardAsync(EdgeFunctionRequest request, CancellationToken caller, CancellationToken cancellationToken)
    {
        if (_removed)
        {
            throw new JsModuleException($"The function '{Descriptor.Name}' ({Descriptor.File}) is not deployed: it was removed.");
        }

        if (Suspended is { } left)
        {
            throw new JsFunctionSuspendedException($"The function '{Descriptor.Name}' is suspended: its worker ended {_losses.Count} times while it ran. It is tried again in {left.TotalSeconds:0} seconds, or when it is deployed anew.") { RetryAfter = left };
        }

        var worker = await workers.GetAsync(this, cancellationToken).ConfigureAwait(false);
        var brokered = new BrokerRequest(RandomNumberGenerator.GetHexString(2 * TokenBytes), Descriptor.Name, request.RequestId, FetchLoop.Of(request.Headers), Activity.Current, group.Options.Limits.MaxSubrequests);
        worker.Enter();
        worker.Broker.Add(brokered);
        EdgeFunctionResponse? response = null;
        var expiry = cancellationToken.UnsafeRegister(static state => ((Forwarding)state!).Expire(), new Forwarding(this, worker, brokered.Token, caller));
        try
        {
            if (worker.DeploymentOf(Id) is { IsCompleted: false } deploying)
            {
                await deploying.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            else if (worker.DeploymentOf(Id) is null)
            {
                Report(await worker.DeployAsync(Order(), cancellationToken).ConfigureAwait(false));
            }

            var head = new ForwardedHead(worker.Key, brokered.Token, Id, request.Url, request.RequestId, request.Params, request.Caller is { } sender ? CallerJson.Write(sender) : null);
            response = await placement.Forwarder!.ForwardAsync(worker, head, request, caller, cancellationToken).ConfigureAwait(false);
            return new WorkerResponse(response, () => End(worker, brokered));
        }
        catch (Exception e) when (e is ForwardingException or StreamJsonRpc.RemoteRpcException or IOException or ObjectDisposedException)
        {
            throw await LostAsync(worker, e).ConfigureAwait(false);
        }
        finally
        {
            await expiry.DisposeAsync().ConfigureAwait(false);
            if (response is null)
            {
                End(worker, brokered);
            }
        }
    }

    private static void End(WorkerInstance worker, BrokerRequest brokered)
    {
        worker.Broker.End(brokered);
        worker.Leave();
    }

    private async Task<JsWorkerLostException> LostAsync(WorkerInstance worker, Exception error)
    {
        // Usually its end is known in a moment: then the message can say how it ended.
        var reason = await Task.WhenAny(worker.Ended, Task.Delay(TimeSpan.FromMilliseconds(500))).ConfigureAwait(false) == worker.Ended ? await worker.Ended.ConfigureAwait(false) : error.Message;
        return new JsWorkerLostException($"The worker process of '{Descriptor.Name}' (process {worker.Pid}) was lost: {reason}.", error);
    }

    private sealed class Forwarding(ForwardedFunction function, WorkerInstance worker, string token, CancellationToken caller)
    {
        // The client has gone, which the connection says, or a limit has passed.
        public void Expire()
        {
            if (!caller.IsCancellationRequested)
            {
                worker.Control.ExpireAsync(token, CancellationToken.None).Forget();
                function.Check(worker);
            }
        }
    }

    private void Check(WorkerInstance worker) => CheckLaterAsync(worker).Forget();

    // The watchdog of the worker needs a moment to find out that a thread does not stop.
    private async Task CheckLaterAsync(WorkerInstance worker)
    {
        await Task.Delay(TimeSpan.FromSeconds(3), GuardedTime.Of(Time)).ConfigureAwait(false);
        await workers.CheckAsync(worker).ConfigureAwait(false);
    }
}
