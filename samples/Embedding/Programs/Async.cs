using JsRun;

namespace Embedding.Programs;

/// <summary>Promises, timers, evaluations that interleave, cancellation.</summary>
internal static class Async
{
    public static async Task RunAsync(IJsRuntimeFactory runtimes, TextWriter output)
    {
        await using var runtime = await runtimes.CreateAsync();

        output.WriteLine($"a timer gave {await runtime.EvaluateAsync<int>("new Promise(resolve => setTimeout(resolve, 5, 42))")}");
        output.WriteLine(await runtime.EvaluateAsync<string>("const answer = await Promise.resolve('awaited at the top'); answer", new JsEvaluateOptions { TopLevelAwait = true }));

        // The first waits for what the second does.
        var first = runtime.EvaluateAsync<string>("new Promise(resolve => { globalThis.finish = resolve })");
        await runtime.EvaluateAsync("finish('finished by another evaluation')");
        output.WriteLine(await first);

        // A token stops JavaScript itself, not only the wait for it.
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        try
        {
            await runtime.EvaluateAsync("while (true);", cancellationToken: cancellation.Token);
        }
        catch (OperationCanceledException)
        {
            output.WriteLine("an endless loop, cancelled");
        }

        output.WriteLine(await runtime.EvaluateAsync<string>("'and the runtime goes on'"));
    }
}
