using JsRun.Functions.Sources;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

internal static class EdgeFunctionSourcesServiceCollectionExtensions
{
    /// <summary>Deploys the functions that <c>MapJsFunctions</c> and others add. Call it after the service that warms the pools was added: hosted services start in order.</summary>
    public static IServiceCollection AddEdgeFunctionSources(this IServiceCollection services)
    {
        services.TryAddSingleton<EdgeFunctionSources>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, EdgeFunctionStartup>());
        return services;
    }
}
