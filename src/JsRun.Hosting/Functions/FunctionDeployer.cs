using JsRun.Diagnostics;
using JsRun.Engine.Contexts;
using JsRun.Engine.Scripts;
using JsRun.Groups;
using JsRun.Modules.Graphs;
using JsRun.Options;
using JsRun.Pooling;
using JsRun.Scheduling;
using Microsoft.Extensions.Logging;

namespace JsRun.Functions;

/// <summary>Makes definitions: builds the graph, evaluates the top level once on an isolate of the group, and says what came of it. Thread-safe.</summary>
internal sealed class FunctionDeployer(ModuleGraphBuilder builder, ModuleLoaders loaders, GuardedLoggerFactory loggers, TimeProvider time)
{
    private readonly ILogger _logger = loggers.CreateLogger<FunctionDeployer>();

    /// <summary>The log of deployments.</summary>
    public ILogger Logger => _logger;

    /// <summary>Deploys the newest version of the file. A broken one does not throw: <paramref name="serving"/> goes on then.</summary>
    /// <param name="descriptor">What to deploy.</param>
    /// <param name="group">Where.</param>
    /// <param name="serving">The version that serves now.</param>
    /// <param name="before">What the deployment before this one came to.</param>
    /// <param name="entered">Called when the top level has run as far as it can without waiting for anything.</param>
    /// <param name="evaluated">Called when the top level has ended, and what follows does not wait for it.</param>
    /// <param name="cancellationToken">Ends the deployment.</param>
    public async Task<DeploymentOutcome> DeployAsync(
        EdgeFunctionDescriptor descriptor, PoolGroup group, EdgeFunctionDefinition? serving, FunctionStatus before, Action entered, Action evaluated, CancellationToken cancellationToken)
    {
        // Several at a time; those whose top level waits for something do not count, so that no deployment waits for one that hangs.
        await group.Deployments.WaitAsync(cancellationToken).ConfigureAwait(false);
        var held = 1;
        void Enter()
        {
            if (Interlocked.Exchange(ref held, 0) == 1)
            {
                group.Deployments.Release();
                entered();
            }
        }

        try
        {
            return await DeployAsync(new Deployment(descriptor, group, serving, before, Enter) { Evaluated = evaluated }, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Enter();
        }
    }

    /// <summary>Says that nobody waits for its top level any more.</summary>
    public void LetWait(EdgeFunctionDescriptor descriptor) => _logger.TopLevelWaits(descriptor.Name, descriptor.File);

    /// <summary>Says that a function is served from other contexts from now on.</summary>
    /// <param name="definition">What serves it now.</param>
    /// <param name="wasHardened">Whether it was served from hardened contexts.</param>
    public void TellOfTier(EdgeFunctionDefinition definition, bool wasHardened)
    {
        if (definition.NotHardened is { } reason)
        {
            if (wasHardened)
            {
                _logger.NoLongerServedHardened(definition.Name, reason);
            }
            else
            {
                _logger.NotServedHardened(definition.Name, reason);
            }
        }
        else
        {
            _logger.ServedHardened(definition.Name);
        }
    }

    private async Task<DeploymentOutcome> DeployAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        var (descriptor, group, serving, _, _) = deployment;
        ModuleBuild build;
        try
        {
            build = await builder.BuildAsync(descriptor.Root, descriptor.File, cancellationToken, loaders.For(group)).ConfigureAwait(false);
        }
        catch (JsRunException e)
        {
            return Broken(deployment, e, []);
        }

        if (build.Graph is not { } graph)
        {
            return Broken(deployment, build.Error!, build.Files);
        }

        if (serving is not null && serving.Hash == graph.Hash)
        {
            return new DeploymentOutcome(serving, Ready(build.Files));
        }

        var definition = Define(descriptor, group, graph, (serving?.Generation + 1) ?? descriptor.FirstGeneration);
        try
        {
            bool handles;
            (definition, handles) = group.Hardened is null
                ? (definition, (await ProbeAsync(definition, deployment, cancellationToken).ConfigureAwait(false)).Handles)
                : await ProbeWatchedAsync(definition, deployment, cancellationToken).ConfigureAwait(false);
            if (handles)
            {
                _logger.Deployed(descriptor.Name, definition.Generation, descriptor.File, group.Name);
                return new DeploymentOutcome(definition, Ready(build.Files));
            }
        }
        catch (Exception e) when (e is JsRunException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return Broken(deployment, e, build.Files);
        }

        if (serving is not null)
        {
            // An editor that saves in two steps leaves an empty file for a moment.
            return Broken(deployment, new JsModuleException($"{descriptor.File} no longer has a default export with a fetch method{(definition.Mistake.Length > 0 ? $": {definition.Mistake}" : ".")}"), build.Files);
        }

        return new DeploymentOutcome(null, FunctionStatus.Library(definition, descriptor.File, build.Files));
    }

    private static FunctionStatus Ready(IReadOnlyList<string> files) => new(EdgeFunctionState.Ready, null, files);

    private DeploymentOutcome Broken(Deployment deployment, Exception error, IReadOnlyList<string> files)
    {
        var (descriptor, _, serving, before, _) = deployment;
        var mayPass = MayPass(error);
        var text = LogText.Escape(DeploymentError.Describe(error));
        text = mayPass ? text + " The function may not be at fault: it is tried again." : text;
        if (before.Error == text)
        {
            // Another file has changed, or it was tried again: nothing is new.
            _logger.StillFailing(descriptor.Name, text);
        }
        else if (serving is null)
        {
            _logger.DeploymentFailed(descriptor.Name, descriptor.File, text);
        }
        else
        {
            _logger.ReloadFailed(descriptor.Name, descriptor.File, serving.Generation, text);
        }

        return new DeploymentOutcome(serving, new FunctionStatus(serving is null ? EdgeFunctionState.Failed : EdgeFunctionState.Ready, text, files, mayPass));
    }

    // What it waited for may come the next time; the isolates may have been busy, or lost to somebody else. What used up its CPU time, or threw, would do so again.
    private static bool MayPass(Exception error) => error is JsPoolExhaustedException or JsIsolateLostException or JsTimeoutException { InnerException: TimeoutException };

    private EdgeFunctionDefinition Define(EdgeFunctionDescriptor descriptor, PoolGroup group, ModuleGraph graph, int generation)
    {
        var context = (graph.Scope is null ? group.Context : group.Hardened!.Context) with
        {
            ConsoleLogger = loggers.CreateLogger($"JsRun.Console.{descriptor.Name}"),
            Modules = new FolderModuleSource(builder, descriptor.Root, graph, group.Context.Shared.ModuleLoads, loaders.For(group)),
        };
        return new EdgeFunctionDefinition(descriptor.Name, generation, graph.Hash, group.IsInspected ? graph.ToMappedScripts() : graph.ToScripts(), context, group.Options.Isolation, group.Options.Limits) { IsHardened = graph.Scope is not null };
    }

    /// <summary>
    /// Evaluates the top level in an ordinary context, which is compared with what it was before, and then in a hardened one. A function whose top level changes a built-in, or fails in a hardened
    /// context, can be served from contexts of its own only.
    /// </summary>
    private async Task<(EdgeFunctionDefinition Definition, bool Handles)> ProbeWatchedAsync(EdgeFunctionDefinition ordinary, Deployment deployment, CancellationToken cancellationToken)
    {
        var (descriptor, group, _, _, _) = deployment;
        var watched = ordinary with { Context = ordinary.Context with { IsWatched = true, Settings = group.Hardened!.WatchedSettings } };
        var probed = await ProbeAsync(watched, deployment, cancellationToken).ConfigureAwait(false);
        deployment.Evaluated();
        if (!probed.Handles)
        {
            return (watched, false);
        }

        var reason = probed.Changes switch
        {
            null => "It cannot be served from a hardened context: it is not known whether its top level changes a built-in.",
            { Property.Length: > 0 } changes => $"It cannot be served from a hardened context: its top level changes {LogText.Escape(changes.Property)}.",
            _ => null,
        };
        if (reason is null)
        {
            var build = await builder.BuildForInstancesAsync(descriptor.Root, descriptor.File, probed.Changes!.Scope, cancellationToken, loaders.For(group)).ConfigureAwait(false);
            var graph = build.GraphOrThrow();
            // With the hash of what was built first: the same files are the same version.
            var hardened = Define(descriptor, group, graph, ordinary.Generation) with { Hash = ordinary.Hash };
            (reason, var topLevel) = await ProbeHardenedAsync(hardened, deployment, cancellationToken).ConfigureAwait(false);
            if (reason is null)
            {
                if (!group.Hardened.IsAskedFor)
                {
                    // It is made again when it is needed: a folder of functions that nobody calls must not fill the isolate.
                    foreach (var isolate in group.Pool.Isolates)
                    {
                        isolate.Retire(hardened);
                    }
                }

                return (new HardeningTrial(watched, hardened, ordinary, graph.Scope!.Value, group.Hardened.IsAskedFor) { TopLevel = topLevel, Restore = group.FindRestorePrice, Places = group.Hardened.Places }.First, true);
            }

            Retire(hardened, group);
        }

        Retire(watched, group);
        return (ordinary with { NotHardened = reason }, true);
    }

    /// <returns>The reason for which it cannot be served from a hardened context, if it cannot, and how long its top level takes there.</returns>
    private async Task<(string? Reason, TimeSpan TopLevel)> ProbeHardenedAsync(EdgeFunctionDefinition hardened, Deployment deployment, CancellationToken cancellationToken)
    {
        try
        {
            var probed = await ProbeAsync(hardened, deployment, cancellationToken).ConfigureAwait(false);
            return (probed.Handles ? null : "It cannot be served from a hardened context: it has no handler there.", probed.TopLevel);
        }
        catch (JavaScriptException e)
        {
            return ($"It cannot be served from a hardened context: its top level threw there ({LogText.Escape(e.Message)}).", default);
        }
    }

    private static void Retire(EdgeFunctionDefinition definition, PoolGroup group)
    {
        definition.Retire();
        foreach (var isolate in group.Pool.Isolates)
        {
            isolate.Retire(definition);
        }
    }

    // An isolate that somebody else's request took down with it says nothing of the function. Nor does a heap that others had filled: the next isolate's may be as full, but not twice.
    private Task<ProbeOutcome> ProbeAsync(EdgeFunctionDefinition definition, Deployment deployment, CancellationToken cancellationToken) => IsolateRetry.RunAsync(
        async () =>
        {
            while (true)
            {
                if (await ProbeOnceAsync(definition, deployment, cancellationToken).ConfigureAwait(false) is { } outcome)
                {
                    return outcome;
                }

                cancellationToken.ThrowIfCancellationRequested();
            }
        },
        static (error, attempt) => error is JsMemoryLimitException && attempt == 1);

    /// <returns>What came of it; <see langword="null"/> if it was not begun.</returns>
    private async Task<ProbeOutcome?> ProbeOnceAsync(EdgeFunctionDefinition definition, Deployment deployment, CancellationToken cancellationToken)
    {
        var lease = await deployment.Group.Pool.AcquireAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var isolate = lease.Isolate;
            var probe = new FunctionProbe(isolate, definition, lease.Refuse);
            isolate.Isolate.Post(probe);
            try
            {
                // Until the isolate gets to it, and while it runs, no clock counts against it but that of its CPU time.
                await probe.Entered.WaitAsync(cancellationToken).ConfigureAwait(false);
                deployment.Entered();
                return await probe.Result.WaitAsync(definition.Limits.StartupTimeout, GuardedTime.Of(time), cancellationToken).ConfigureAwait(false) is { } handles ? new ProbeOutcome(handles, probe.Changes, probe.TopLevel) : null;
            }
            catch (TimeoutException e)
            {
                probe.Abandon();
                throw new JsTimeoutException($"The top level of {definition.Name} did not end within {LimitKey.Of(deployment.Group.Name, nameof(JsRunLimitsOptions.StartupTimeout))} ({definition.Limits.StartupTimeout}): it waits for something.", e);
            }
            catch (OperationCanceledException)
            {
                probe.Abandon();
                throw;
            }
            catch (Exception)
            {
                isolate.Retire(definition);
                throw;
            }
        }
        finally
        {
            lease.Release();
        }
    }
}
