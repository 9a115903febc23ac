using JsRun.Diagnostics;
using JsRun.Modules;
using JsRun.Options;
using Microsoft.Extensions.Logging;

namespace JsRun.Functions;

/// <summary>Makes definitions: builds the graph, evaluates the top level once on an isolate of the group, and says what came of it. Thread-safe.</summary>
internal sealed class FunctionDeployer(ModuleGraphBuilder builder, ILoggerFactory loggers, TimeProvider time, ILogger<FunctionDeployer> logger)
{
    private const int MostAttempts = 5;

    /// <summary>Deploys the newest version of the file. A broken one is no exception: <paramref name="serving"/> goes on then.</summary>
    public async Task<DeploymentOutcome> DeployAsync(EdgeFunctionDescriptor descriptor, FunctionGroup group, EdgeFunctionDefinition? serving, CancellationToken cancellationToken)
    {
        ModuleBuild build;
        try
        {
            build = await builder.BuildAsync(descriptor.Root, descriptor.File, cancellationToken).ConfigureAwait(false);
        }
        catch (JsRunException e)
        {
            return Broken(descriptor, serving, e, []);
        }

        if (build.Graph is not { } graph)
        {
            return Broken(descriptor, serving, build.Error!, build.Files);
        }

        if (serving is not null && serving.Hash == graph.Hash)
        {
            return new DeploymentOutcome(serving, Ready(build.Files));
        }

        var definition = Define(descriptor, group, graph, (serving?.Generation ?? 0) + 1);
        try
        {
            if (await ProbeAsync(definition, group, cancellationToken).ConfigureAwait(false))
            {
                logger.Deployed(descriptor.Name, definition.Generation, descriptor.File, group.Name);
                return new DeploymentOutcome(definition, Ready(build.Files));
            }
        }
        catch (Exception e) when (e is JsRunException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return Broken(descriptor, serving, e, build.Files);
        }

        if (serving is not null)
        {
            // An editor that saves in two steps leaves an empty file for a moment.
            return Broken(descriptor, serving, new JsModuleException($"{descriptor.File} no longer has a default export with a fetch method{(definition.Mistake.Length > 0 ? $": {definition.Mistake}" : ".")}"), build.Files);
        }

        return new DeploymentOutcome(null, FunctionStatus.Library(definition, descriptor.File, build.Files));
    }

    private static FunctionStatus Ready(IReadOnlyList<string> files) => new(EdgeFunctionState.Ready, null, files);

    private DeploymentOutcome Broken(EdgeFunctionDescriptor descriptor, EdgeFunctionDefinition? serving, Exception error, IReadOnlyList<string> files)
    {
        var text = LogText.Escape(DeploymentError.Describe(error));
        if (serving is null)
        {
            logger.DeploymentFailed(descriptor.Name, descriptor.File, text);
        }
        else
        {
            logger.ReloadFailed(descriptor.Name, descriptor.File, serving.Generation, text);
        }

        return new DeploymentOutcome(serving, new FunctionStatus(serving is null ? EdgeFunctionState.Failed : EdgeFunctionState.Ready, text, files));
    }

    private EdgeFunctionDefinition Define(EdgeFunctionDescriptor descriptor, FunctionGroup group, ModuleGraph graph, int generation)
    {
        var context = group.Context with
        {
            ConsoleLogger = loggers.CreateLogger($"JsRun.Console.{descriptor.Name}"),
            Modules = new FolderModuleSource(builder, descriptor.Root, graph, group.Context.Shared.ModuleLoads),
        };
        return new EdgeFunctionDefinition(descriptor.Name, generation, graph.Hash, graph.ToScripts(), context, group.Options.Isolation, group.Options.Limits);
    }

    // An isolate that somebody else's request took down with it says nothing of the function.
    private async Task<bool> ProbeAsync(EdgeFunctionDefinition definition, FunctionGroup group, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ProbeOnceAsync(definition, group, cancellationToken).ConfigureAwait(false);
            }
            catch (JsIsolateLostException) when (attempt < MostAttempts)
            {
            }
        }
    }

    private async Task<bool> ProbeOnceAsync(EdgeFunctionDefinition definition, FunctionGroup group, CancellationToken cancellationToken)
    {
        var lease = await group.Pool.AcquireAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var isolate = (FunctionIsolate)lease.Isolate;
            var probe = new FunctionProbe(isolate, definition);
            isolate.Engine.Post(probe);
            try
            {
                return await probe.Result.WaitAsync(definition.Limits.StartupTimeout, time, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException e)
            {
                probe.Abandon();
                throw new JsTimeoutException($"The top level of {definition.Name} did not end within {LimitKey.Of(group.Name, nameof(JsRunLimitsOptions.StartupTimeout))} ({definition.Limits.StartupTimeout}).", e);
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
