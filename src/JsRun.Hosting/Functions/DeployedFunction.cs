using JsRun.Diagnostics;
using JsRun.Functions.Inspection;
using JsRun.Groups;
using JsRun.Images;
using JsRun.Scheduling;
using Polly;

namespace JsRun.Functions;

/// <summary>A deployed function: the definition that serves now, and the way of a request through pool and isolate.</summary>
internal sealed class DeployedFunction(
    EdgeFunctionDescriptor descriptor,
    PoolGroup group,
    FunctionDeployer deployer,
    ResiliencePipeline pipeline,
    TimeProvider time,
    JsRunMetrics metrics,
    IEdgeFunctionFilter[]? filters = null) : PipelinedFunction(descriptor, group.Name, group.Options.Limits, pipeline, time, metrics, filters), IDisposable
{
    // A top level that waits for something has that long to end before others go on without it.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _deploying = new(1, 1);
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile EdgeFunctionDefinition? _definition;
    private volatile FunctionStatus _status = FunctionStatus.Deploying;
    private DeploymentRetries? _retries;
    private volatile bool _removed;
    private volatile InspectedFunction? _inspected;

    /// <summary>The version that serves.</summary>
    public EdgeFunctionDefinition? Definition => _definition;

    public override EdgeFunctionState State => _status.State;

    public override int Generation => _definition?.Generation ?? 0;

    public override JsIsolation Isolation { get; } = group.Options.Isolation;

    /// <summary>Gets or sets what serves its requests while a debugger is attached.</summary>
    public InspectedFunction? Inspected
    {
        get => _inspected;
        set => _inspected = value;
    }

    /// <summary>The group that it belongs to.</summary>
    public PoolGroup Group => group;

    // A debugger may hold a request for as long as it likes.
    protected override ResiliencePipeline Pipeline => _inspected is null ? base.Pipeline : ResiliencePipeline.Empty;

    public override JsImageTier Tier => ContextTier.Tier;

    public override string? TierReason => ContextTier.Reason;

    public override string? Error => _status.Error;

    public override IReadOnlyList<string> Files => _status.Files;

    private DeploymentRetries Retries => LazyInitializer.EnsureInitialized(ref _retries, () => new DeploymentRetries(Time, deployer.Logger, RetryAsync));

    public override async ValueTask<bool> ReloadAsync(CancellationToken cancellationToken = default)
    {
        Volatile.Read(ref _retries)?.Cancel();
        if (Descriptor.WaitsForTopLevel)
        {
            return await DeployAsync(null, null, cancellationToken).ConfigureAwait(false);
        }

        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var attempt = new CancellationTokenSource();
        var registration = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), attempt);
        var evaluated = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var deploying = DeployAsync(entered, evaluated, attempt.Token);
        _ = deploying.ContinueWith(static (_, state) => ((IDisposable)state!).Dispose(), registration, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await Task.WhenAny(deploying, entered.Task).ConfigureAwait(false);
        try
        {
            // Only the top level may make others wait: what the deployment does with it afterwards ends by itself.
            await Task.WhenAny(deploying, evaluated.Task).WaitAsync(Grace, GuardedTime.Of(Time), CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            deployer.LetWait(Descriptor);
            Retries.Adopt(attempt);
            FollowAsync(deploying).Forget(deployer.Logger);
            return false;
        }

        return await deploying.ConfigureAwait(false);
    }

    public void Retire()
    {
        _removed = true;
        Volatile.Read(ref _retries)?.Dispose();
        var definition = _definition;
        _definition = null;
        _status = FunctionStatus.Removed;
        _tried.TrySetResult();
        if (definition is not null)
        {
            Retire(definition);
        }
    }

    /// <summary>No deployment goes on: the host stops.</summary>
    public void StopDeploying()
    {
        Retries.Dispose();
        _ending.Cancel();
        _tried.TrySetResult();
    }

    public void Dispose()
    {
        StopDeploying();
        _ending.Dispose();
        _deploying.Dispose();
    }

    private async Task<bool> DeployAsync(TaskCompletionSource? entered, TaskCompletionSource? evaluated, CancellationToken cancellationToken)
    {
        await _deploying.WaitAsync(cancellationToken).ConfigureAwait(false);
        var isSuperseded = false;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ending.Token);
        try
        {
            var serving = _definition;
            var outcome = await deployer.DeployAsync(Descriptor, group, serving, _status, () => entered?.TrySetResult(), () => evaluated?.TrySetResult(), either.Token).ConfigureAwait(false);
            if (_removed)
            {
                outcome.Definition?.Retire();
                return false;
            }

            _status = outcome.Status;
            if (outcome.Status.MayPass)
            {
                Retries.Schedule();
            }
            else
            {
                Volatile.Read(ref _retries)?.Cancel();
            }

            if (outcome.Definition is null || ReferenceEquals(outcome.Definition, serving))
            {
                return false;
            }

            Inspected?.ReloadAsync().Forget(deployer.Logger);
            outcome.Definition.Trial?.Replace = (definition, by) => ReplaceAsync(definition, by).Forget(deployer.Logger);
            Serve(outcome.Definition);
            return true;
        }
        catch (OperationCanceledException)
        {
            // Another deployment follows, for which those that wait wait on.
            isSuperseded = true;
            throw;
        }
        finally
        {
            if (!isSuperseded)
            {
                _tried.TrySetResult();
            }

            _deploying.Release();
        }
    }

    // Another definition of the version that serves. A new version may have come meanwhile.
    private async Task ReplaceAsync(EdgeFunctionDefinition definition, EdgeFunctionDefinition by)
    {
        if (by.IsHardened)
        {
            // No request is to wait for a hardened context.
            await Task.WhenAll(group.Pool.Isolates.Select(isolate => isolate.PrepareAsync(by))).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        try
        {
            await _deploying.WaitAsync(_ending.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The host stops: what serves now serves to the end.
            return;
        }

        try
        {
            if (!_removed && ReferenceEquals(_definition, definition))
            {
                Serve(by);
                deployer.TellOfTier(by, definition.IsHardened);
            }
        }
        finally
        {
            _deploying.Release();
        }
    }

    private void Serve(EdgeFunctionDefinition definition)
    {
        var before = _definition;
        _definition = definition;
        if (definition.UsesImages)
        {
            group.Images.Add(new ImageFunction(Descriptor.Name, definition.Graph));
        }

        if (before is not null)
        {
            Retire(before);
        }
    }

    private Task RetryAsync(CancellationToken cancellationToken) => FollowAsync(DeployAsync(null, null, cancellationToken));

    private async Task FollowAsync(Task deploying)
    {
        var before = State;
        try
        {
            await deploying.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Somebody asked for another deployment, which has begun, or it was removed.
        }
        catch (ObjectDisposedException)
        {
            // The host has stopped.
        }

        if (State != before && !_removed)
        {
            OnStateChanged();
        }
    }

    // Callers wait until the first deployment has ended.
    private async ValueTask<EdgeFunctionDefinition> DeployedAsync(CancellationToken cancellationToken)
    {
        await _tried.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        return _definition ?? throw (_ending.IsCancellationRequested ? new JsTerminatedException("The host is stopping: no more requests are accepted.") : NotDeployed());
    }

    private ContextTier ContextTier => _inspected is not null ? ContextTier.Replay(PoolGroups.InspectionReason) : _definition switch
    {
        null => ContextTier.Replay("No version of it is deployed."),
        { IsHardened: true } => ContextTier.Hardened,
        { Context.IsWatched: true, Trial: { } trial } => ContextTier.Replay(trial.Reason),
        { NotHardened: { } reason } definition => group.Images.TierOf(definition.Graph).Because(reason),
        { } definition => group.Images.TierOf(definition.Graph),
    };

    private void Retire(EdgeFunctionDefinition definition)
    {
        definition.Retire();
        if (definition.IsHardened)
        {
            definition.Trial?.Retire();
        }

        if (definition.UsesImages)
        {
            group.Images.Remove(new ImageFunction(Descriptor.Name, definition.Graph));
        }

        foreach (var isolate in group.Pool.Isolates)
        {
            isolate.Retire(definition);
        }
    }

    protected override async ValueTask<Outcome<EdgeFunctionResponse>> RunAsync(EdgeFunctionRequest request, long began, CancellationToken caller, CancellationToken cancellationToken)
    {
        if (_inspected is { } inspected)
        {
            // The pipeline's token, too, is the caller's: it has no limit.
            return await inspected.Function.RunAsync(request, began, caller, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            while (true)
            {
                var definition = _definition ?? await DeployedAsync(cancellationToken).ConfigureAwait(false);
                var lease = await group.Pool.AcquireAsync(cancellationToken, countsUse: Isolation == JsIsolation.PerRequest).ConfigureAwait(false);
                var invocation = new FunctionInvocation(definition, request, lease, began, caller) { CpuLimit = definition.Limits.CpuTime };
                lease.Holder = invocation;
                lease.Isolate.Isolate.Post(invocation);
                try
                {
                    if (await AwaitAsync(invocation, cancellationToken).ConfigureAwait(false) is { } response)
                    {
                        return Outcome.FromResult<EdgeFunctionResponse>(response);
                    }
                }
                catch
                {
                    // The caller will take the request's body for its own again.
                    await invocation.CloseBodyAsync().ConfigureAwait(false);
                    throw;
                }

                // Its isolate went away before it was begun: nothing has run, so it is begun anew.
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        catch (Exception e)
        {
            return Outcome.FromException<EdgeFunctionResponse>(e);
        }
    }

    private static async ValueTask<FunctionResponse?> AwaitAsync(FunctionInvocation invocation, CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled)
        {
            return await invocation.Response.ConfigureAwait(false);
        }

        var registration = cancellationToken.UnsafeRegister(static (state, token) => ((FunctionInvocation)state!).Expire(token), invocation);
        await using (registration.ConfigureAwait(false))
        {
            return await invocation.Response.ConfigureAwait(false);
        }
    }

    /// <summary>Makes what serves it while a debugger is attached: the same function, in a group of its own.</summary>
    public DeployedFunction CreateInspected(PoolGroup inspected) => new(Descriptor, inspected, deployer, ResiliencePipeline.Empty, Time, Metrics);

    private JsModuleException NotDeployed() => new(_status switch
    {
        { State: EdgeFunctionState.Library } library => library.Error ?? $"'{Descriptor.File}' serves nothing: it has no default export. Write \"export default {{ fetch(request, env, ctx) {{ … }} }}\".",
        var status => $"The function '{Descriptor.Name}' ({Descriptor.File}) is not deployed: {status.Error ?? "it was removed."}",
    });

}
