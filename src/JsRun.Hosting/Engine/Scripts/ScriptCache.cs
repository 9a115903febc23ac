using Microsoft.ClearScript.V8;

namespace JsRun.Engine.Scripts;

/// <summary>The scripts of one isolate, each compiled once, with V8's code cache where another isolate has left one. Used on the isolate's thread.</summary>
internal sealed class ScriptCache(V8Runtime runtime) : IDisposable
{
    private readonly Dictionary<ScriptSource, V8Script> _scripts = [];

    public V8Script Get(ScriptSource source)
    {
        if (_scripts.TryGetValue(source, out var script))
        {
            return script;
        }

        script = source.Cache is { } cache
            ? runtime.Compile(source.Document, source.Code, V8CacheKind.Code, cache, out _)
            : runtime.Compile(source.Document, source.Code);
        _scripts.Add(source, script);
        return script;
    }

    /// <summary>Takes the code cache of a script that has run here, for the isolates to come.</summary>
    public void TakeCodeCache(ScriptSource source)
    {
        using (runtime.Compile(source.Document, source.Code, V8CacheKind.Code, out var cache))
        {
            source.Cache = cache;
        }
    }

    public void Forget(ScriptSource source)
    {
        if (_scripts.Remove(source, out var script))
        {
            script.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var script in _scripts.Values)
        {
            script.Dispose();
        }

        _scripts.Clear();
    }
}
