using JsRun.WebApi;
using JsRun.WebApi.Broadcast;
using Microsoft.Extensions.DependencyInjection;

namespace JsRun.Groups;

/// <summary>The services of the application that a pool group uses: its own, registered with the group's name as the key, or those of all groups. Thread-safe.</summary>
internal sealed class GroupServices(IServiceProvider services)
{
    /// <summary>The group's service, or <see langword="null"/> if none is registered.</summary>
    public T? Find<T>(string group)
        where T : class => (services as IKeyedServiceProvider)?.GetKeyedService(typeof(T), group) as T ?? services.GetService<T>();

    /// <summary>Makes what the contexts of a group share.</summary>
    public GroupState NewState(string group, JsRunLimitsOptions limits) => new(limits, Find<IJsCacheStore>(group), services.GetService<IBroadcastRelay>());
}
