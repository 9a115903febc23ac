using JsRun.Diagnostics;
using JsRun.Engine;
using JsRun.Functions;
using JsRun.Limits;
using JsRun.Modules;
using JsRun.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.ObjectPool;
using Polly;

namespace JsRun.DependencyInjection;

/// <summary>What runs JavaScript: isolates, pool, functions, runtimes.</summary>
internal static class EngineServices
{
    public static IServiceCollection AddEngine(this IServiceCollection services)
    {
        services.AddResiliencePipelineRegistry<string>();
        services.TryAddSingleton<JsRunMetrics>();
        services.TryAddSingleton<Watchdog>();
        services.TryAddSingleton<ObjectPoolProvider, DefaultObjectPoolProvider>();
        services.TryAddSingleton(static provider => provider.GetRequiredService<ObjectPoolProvider>().Create(new StagingPolicy()));
        services.TryAddSingleton<IsolateServices>();
        services.TryAddSingleton<V8ModuleCompiler>();
        services.TryAddSingleton<IModuleCompiler>(static provider => provider.GetRequiredService<V8ModuleCompiler>());
        services.TryAddSingleton<IScriptRewriter>(static provider => provider.GetRequiredService<V8ModuleCompiler>());
        services.TryAddSingleton(static provider => new ModuleGraphBuilder(provider.GetRequiredService<IModuleCompiler>()));
        services.TryAddSingleton<FunctionGroups>();
        services.TryAddSingleton<FunctionDeployer>();
        services.TryAddSingleton<IEdgeFunctionHost, EdgeFunctionHost>();
        services.TryAddSingleton<IJsRuntimeFactory, JsRuntimeFactory>();
        services.TryAddScoped<IJsRuntime, ScopedRuntime>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, FunctionLifetime>());
        return services;
    }
}
