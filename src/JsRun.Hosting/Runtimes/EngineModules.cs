using JsRun.Modules;

namespace JsRun.Runtimes;

/// <summary>The modules of a runtime, as its owner sees them.</summary>
internal sealed class EngineModules(RuntimeModules modules, RuntimeFate fate) : IJsRuntimeModules
{
    public JsModuleResolver? Resolver
    {
        get => modules.Registry.Resolver;
        set
        {
            fate.ThrowIfEnded();
            modules.Registry.Resolver = value;
        }
    }

    public JsModuleLoader? Loader
    {
        get => modules.Registry.Loader is { IsSynchronous: false } loader ? loader.Load : null;
        set
        {
            fate.ThrowIfEnded();
            if (value is not null)
            {
                modules.Registry.Loader = new RegisteredLoader(value);
            }
            else if (modules.Registry.Loader is { IsSynchronous: false })
            {
                modules.Registry.Loader = null;
            }
        }
    }

    public JsSyncModuleLoader? SyncLoader
    {
        get => modules.Registry.Loader?.Synchronous;
        set
        {
            fate.ThrowIfEnded();
            if (value is not null)
            {
                modules.Registry.Loader = new RegisteredLoader(value);
            }
            else if (modules.Registry.Loader is { IsSynchronous: true })
            {
                modules.Registry.Loader = null;
            }
        }
    }

    public void Add(string name, JsModuleSource source)
    {
        fate.ThrowIfEnded();
        modules.Add(name, source);
    }
}
