using System.Net;
using JsRun.WebApi.Fetch;
using JsRun.WebApi.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JsRun.DependencyInjection;

/// <summary>What <c>fetch</c> stands on: the named HTTP client <c>JsRun</c>, which an application may configure further.</summary>
internal static class FetchServices
{
    public static IServiceCollection AddFetch(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(IFetchService)))
        {
            return services;
        }

        services.TryAddSingleton<HostResolver>(Dns.GetHostAddresses);
        services.TryAddSingleton<IFetchService, FetchService>();
        services.TryAddSingleton<IWebSocketService, WebSocketService>();

        // The function's own limits end a request; the client's timeout of 100 seconds would cut streams.
        services.AddHttpClient(FetchService.ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(provider => new FetchHandler(provider.GetRequiredService<HostResolver>()))
            .RemoveAllLoggers();
        return services;
    }
}
