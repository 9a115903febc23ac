using Microsoft.ClearScript.V8;

namespace JsRun.Benchmarks;

/// <summary>The floor: an empty context of ClearScript's, made and disposed of.</summary>
internal sealed class BareContextLane(string name) : Lane(name)
{
    private readonly V8Runtime _runtime = new();

    public override ValueTask EndAsync()
    {
        _runtime.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override Task DoAsync()
    {
        using var engine = _runtime.CreateScriptEngine(V8ScriptEngineFlags.DisableGlobalMembers);
        engine.Evaluate("1");
        return Task.CompletedTask;
    }
}
