using JsRun.Options;
using JsRun.Options.Binding;
using JsRun.Options.Validation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace JsRun.DependencyInjection;

/// <summary>The options: bound, completed, validated when the host starts.</summary>
internal static class OptionsServices
{
    public static IServiceCollection AddJsRunOptions(this IServiceCollection services)
    {
        services.AddOptions<JsRunOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<JsRunOptions>, JsRunOptionsBinding>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<JsRunOptions>, GroupsBinding>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<JsRunOptions>, JsRunOptionsValidator>());
        services.TryAddSingleton<JsRunGroups>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ConfigurationWatch>());
        return services;
    }
}
