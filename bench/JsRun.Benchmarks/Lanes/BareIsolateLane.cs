using Microsoft.ClearScript.V8;

namespace JsRun.Benchmarks;

/// <summary>The other floor: an isolate of ClearScript's with an empty context, on a thread of its own as all of JsRun's are, made and disposed of.</summary>
internal sealed class BareIsolateLane(string name) : Lane(name)
{
    protected override Task DoAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            using (var runtime = new V8Runtime())
            using (var engine = runtime.CreateScriptEngine(V8ScriptEngineFlags.DisableGlobalMembers))
            {
                engine.Evaluate("1");
            }

            done.SetResult();
        })
        { IsBackground = true }.Start();
        return done.Task;
    }
}
