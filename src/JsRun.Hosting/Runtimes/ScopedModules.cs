namespace JsRun.Runtimes;

/// <summary>The modules of a scoped runtime: changes are kept until it has its lease.</summary>
/// <param name="keep">Makes a change, now or with the lease.</param>
/// <param name="leased">The leased runtime, if there is one.</param>
internal sealed class ScopedModules(Action<Action<IJsRuntime>> keep, Func<IJsRuntime?> leased) : IJsRuntimeModules
{
    private JsModuleResolver? _resolver;
    private JsModuleLoader? _loader;
    private JsSyncModuleLoader? _syncLoader;

    public JsModuleResolver? Resolver
    {
        get => leased() is { } runtime ? runtime.Modules.Resolver : _resolver;
        set
        {
            keep(runtime => runtime.Modules.Resolver = value);
            _resolver = value;
        }
    }

    public JsModuleLoader? Loader
    {
        get => leased() is { } runtime ? runtime.Modules.Loader : _loader;
        set
        {
            keep(runtime => runtime.Modules.Loader = value);
            _loader = value;
            _syncLoader = value is null ? _syncLoader : null;
        }
    }

    public JsSyncModuleLoader? SyncLoader
    {
        get => leased() is { } runtime ? runtime.Modules.SyncLoader : _syncLoader;
        set
        {
            keep(runtime => runtime.Modules.SyncLoader = value);
            _syncLoader = value;
            _loader = value is null ? _loader : null;
        }
    }

    public void Add(string name, JsModuleSource source)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(source);
        keep(runtime => runtime.Modules.Add(name, source));
    }
}
