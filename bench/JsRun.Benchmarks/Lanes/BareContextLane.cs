using Microsoft.ClearScript.V8;

namespace JsRun.Benchmarks;

/// <summary>The floor: an empty context of ClearScript's, made and disposed of, in a V8 that runs as JsRun's does (docs/adr/0003).</summary>
internal sealed class BareContextLane(string name) : Lane(name)
{
    private V8Runtime? _runtime;

    public override Task StartAsync()
    {
        _runtime = new V8Runtime();
        return Task.CompletedTask;
    }

    public override ValueTask EndAsync()
    {
        _runtime?.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override Task DoAsync()
    {
        using var engine = _runtime!.CreateScriptEngine(V8ScriptEngineFlags.DisableGlobalMembers);
        engine.Evaluate("1");
        return Task.CompletedTask;
    }
}
