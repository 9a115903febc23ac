using JsRun;

namespace Embedding.Programs;

/// <summary>Endless loops, memory, recursion, termination.</summary>
internal static class Limits
{
    public static async Task RunAsync(IJsRuntimeFactory runtimes, TextWriter output)
    {
        await using (var runtime = await runtimes.CreateAsync(new JsRuntimeOptions { Timeout = TimeSpan.FromMilliseconds(100) }))
        {
            await TryAsync("an endless loop", () => runtime.EvaluateAsync("while (true) { try { while (true); } catch {} finally { continue; } }"));
            await TryAsync("a promise that never settles", () => runtime.EvaluateAsync("new Promise(() => {})"));
            await TryAsync("endless recursion", () => runtime.EvaluateAsync("(function f() { return f() + 1 })()"));
            output.WriteLine($"the runtime still computes: {runtime.Evaluate("6 * 7")}");
        }

        await using (var runtime = await runtimes.CreateAsync(new JsRuntimeOptions { MaxHeapBytes = 32 * 1024 * 1024 }))
        {
            await TryAsync("endless memory", () => runtime.EvaluateAsync("const all = []; while (true) all.push(new Array(1000).fill(all.length));"));
            output.WriteLine($"the runtime is closed: {runtime.IsClosed}");
        }

        await using (var runtime = await runtimes.CreateAsync())
        {
            var running = runtime.EvaluateAsync("while (true);").AsTask();
            runtime.Terminate("the customer's credit has ended");
            await TryAsync("a terminated loop", () => new ValueTask<object?>(running));
        }

        async Task TryAsync(string what, Func<ValueTask<object?>> run)
        {
            try
            {
                await run();
            }
            catch (JsRunException e)
            {
                output.WriteLine($"{what}: {e.GetType().Name}: {e.Message}");
            }
        }
    }
}
