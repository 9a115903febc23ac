using JsRun.Modules;
using JsRun.Options;

namespace JsRun.Groups;

/// <summary>The module loaders that the application has registered. Thread-safe.</summary>
internal sealed class ModuleLoaders(GroupServices services, TimeProvider time)
{
    /// <summary>The loader of a group, or that of all groups; <see langword="null"/> if there is none.</summary>
    public IJsModuleLoader? For(string group) => services.Find<IJsModuleLoader>(group);

    /// <summary>How the modules of a group's functions are loaded; <see langword="null"/> if there is no loader.</summary>
    public ModuleLoading? For(PoolGroup group) => For(group.Name) is { } loader
        ? new ModuleLoading(loader.LoadAsync, group.Options.Limits.StartupTimeout, LimitKey.Of(group.Name, nameof(JsRunLimitsOptions.StartupTimeout)), time)
        : null;
}
