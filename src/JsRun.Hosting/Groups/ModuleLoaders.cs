using JsRun.Modules;
using JsRun.Options;
using Microsoft.Extensions.DependencyInjection;

namespace JsRun.Groups;

/// <summary>The module loaders that the application has registered. Thread-safe.</summary>
internal sealed class ModuleLoaders(IServiceProvider services, TimeProvider time)
{
    /// <summary>The loader of a group, or that of all groups; <see langword="null"/> if there is none.</summary>
    public IJsModuleLoader? For(string group) => (services as IKeyedServiceProvider)?.GetKeyedService(typeof(IJsModuleLoader), group) as IJsModuleLoader ?? services.GetService<IJsModuleLoader>();

    /// <summary>How the modules of a group's functions are loaded; <see langword="null"/> if there is no loader.</summary>
    public ModuleLoading? For(PoolGroup group) => For(group.Name) is { } loader
        ? new ModuleLoading(loader.LoadAsync, group.Options.Limits.StartupTimeout, LimitKey.Of(group.Name, nameof(JsRunLimitsOptions.StartupTimeout)), time)
        : null;
}
