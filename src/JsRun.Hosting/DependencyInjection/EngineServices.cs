using JsRun.Bindings;
using JsRun.Diagnostics;
using JsRun.Engine.Crossing;
using JsRun.Engine.Isolates;
using JsRun.Engine.Native;
using JsRun.Engine.Ports;
using JsRun.Engine.Web;
using JsRun.Functions;
using JsRun.Functions.Filters;
using JsRun.Functions.Inspection;
using JsRun.Functions.Pipelines;
using JsRun.Groups;
using JsRun.Images;
using JsRun.Limits;
using JsRun.Modules.Compilation;
using JsRun.Modules.Graphs;
using JsRun.Permissions;
using JsRun.Runtimes;
using JsRun.Snapshots;
using JsRun.Storage;
using JsRun.Workers;
using JsRun.Workers.Brokering;
using JsRun.Workers.Serving;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.ObjectPool;
using Microsoft.Extensions.Options;
using Polly;

namespace JsRun.DependencyInjection;

/// <summary>What runs JavaScript: isolates, pool, functions, runtimes.</summary>
internal static class EngineServices
{
    // Of what images may take.
    private const int ModulesShare = 16;

    public static IServiceCollection AddEngine(this IServiceCollection services)
    {
        services.AddResiliencePipelineRegistry<string>();
        services.TryAddSingleton<GuardedLoggerFactory>();
        services.TryAddSingleton<JsRunMetrics>();
        services.TryAddSingleton(static provider => new Watchdog(provider.GetRequiredService<GuardedLoggerFactory>().CreateLogger<Watchdog>().WatchdogFailed));
        services.TryAddSingleton<ObjectPoolProvider, DefaultObjectPoolProvider>();
        services.TryAddSingleton(static provider => provider.GetRequiredService<ObjectPoolProvider>().Create(new StagingPolicy()));
        services.TryAddSingleton(DetectNative);
        services.TryAddSingleton<PermissionAudit>();
        services.TryAddSingleton(new HostPortTable([.. EnginePorts.Rows, .. WebPorts.Rows]));
        services.TryAddSingleton<IsolateServices>();
        services.TryAddSingleton<EnvironmentVariables>(System.Environment.GetEnvironmentVariables);
        services.TryAddSingleton<GroupEnvironment>();
        services.TryAddSingleton<V8ModuleCompiler>();
        services.TryAddSingleton<IModuleCompiler>(static provider => provider.GetRequiredService<V8ModuleCompiler>());
        services.TryAddSingleton<IScriptRewriter>(static provider => provider.GetRequiredService<V8ModuleCompiler>());
        services.TryAddSingleton(OpenModuleCache);
        services.TryAddSingleton<CachedModuleCompiler>();
        services.TryAddSingleton(static provider => new ModuleGraphBuilder(provider.GetRequiredService<CachedModuleCompiler>()));
        services.TryAddSingleton<RuntimeMetrics>();
        // The tier makes runtimes, and runtimes start from what it made.
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISnapshotTier, ReplaySnapshots>(static provider => new ReplaySnapshots(new Lazy<IJsRuntimeFactory>(provider.GetRequiredService<IJsRuntimeFactory>), provider.GetRequiredService<TimeProvider>())));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISnapshotTier, HeapSnapshots>());
        services.TryAddSingleton<SnapshotTiers>();
        services.TryAddSingleton<ImageTiers>();
        services.TryAddSingleton<PoolGroups>();
        services.TryAddSingleton<GroupServices>();
        services.TryAddSingleton<ModuleLoaders>();
        services.TryAddSingleton<FunctionDeployer>();
        services.TryAddSingleton<FunctionInspector>();
        services.TryAddSingleton<FunctionFilters>();
        services.TryAddSingleton<FunctionPipelines>();
        services.TryAddSingleton<BrokeredImages>();
        services.TryAddSingleton<BrokeredCompiler>();
        services.TryAddSingleton<WorkerServices>();
        services.TryAddSingleton(static provider => new WorkerPlacement(provider.GetRequiredService<PoolGroups>(), new Lazy<WorkerServices>(provider.GetRequiredService<WorkerServices>)));
        services.TryAddSingleton<IEdgeFunctionHost, EdgeFunctionHost>();
        services.TryAddSingleton<IJsRuntimeFactory, JsRuntimeFactory>();
        services.TryAddScoped<IJsRuntime, ScopedRuntime>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, FunctionLifetime>());
        return services;
    }

    // Beside the images, whatever contexts start from: compiled modules are code too, so the folder must be the user's alone.
    private static CompiledModuleCache OpenModuleCache(IServiceProvider provider)
    {
        var images = provider.GetRequiredService<IOptions<JsRunOptions>>().Value.Images;
        var logger = provider.GetRequiredService<GuardedLoggerFactory>().CreateLogger<CompiledModuleCache>();
        if (provider.GetService<WorkerIdentity>() is not null)
        {
            // A confined process writes no files, and whatever it wrote would be code that others run.
            return new CompiledModuleCache(null, images.MaxCacheBytes / ModulesShare, provider.GetRequiredService<TimeProvider>(), logger);
        }

        var root = images.CachePath ?? ImageCacheFolder.Default;
        var error = root is null ? "this user has no folder for caches: name one with JsRun:Images:CachePath" : CompiledModuleCache.Open(root);
        if (error is not null)
        {
            logger.NoModuleCache(error);
        }

        return new CompiledModuleCache(error is null ? root : null, images.MaxCacheBytes / ModulesShare, provider.GetRequiredService<TimeProvider>(), logger);
    }

    // When the first isolate is about to be made: a host that runs no JavaScript does not load V8.
    private static NativeCapabilities DetectNative(IServiceProvider provider)
    {
        var capabilities = NativeV8.Detect(provider.GetRequiredService<IOptions<JsRunOptions>>().Value.Engine.Native);
        provider.GetRequiredService<GuardedLoggerFactory>().CreateLogger<NativeCapabilities>().NativeLayer(capabilities.Reason);
        return capabilities;
    }
}
