using JsRun;
using JsRun.DependencyInjection;
using JsRun.Diagnostics;
using JsRun.Functions;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds JsRun to an application.</summary>
/// <remarks>Not thread-safe: for the time in which the application is configured.</remarks>
public static class JsRunServiceCollectionExtensions
{
    /// <summary>
    /// Adds the JavaScript runtime: <see cref="IJsRuntimeFactory"/> and <see cref="IEdgeFunctionHost"/> as singletons and a scoped <see cref="IJsRuntime"/>. The section
    /// <c>JsRun</c> of the container's configuration is bound where there is one; the options are validated when the host starts. Calling it again only adds
    /// <paramref name="configure"/>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Settings in code; they win over the configuration.</param>
    /// <returns>A builder, for what else there is to add.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <see langword="null"/>.</exception>
    public static IJsRunBuilder AddJsRun(this IServiceCollection services, Action<JsRunOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton<JsRunMetrics>();
        services.AddJsRunOptions();
        services.AddFetch();
        services.AddEngine();
        services.AddEdgeFunctionSources();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        return new JsRunBuilder(services);
    }
}
