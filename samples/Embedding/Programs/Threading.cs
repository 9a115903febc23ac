using JsRun;

namespace Embedding.Programs;

/// <summary>Runtimes side by side, and many callers of one.</summary>
internal static class Threading
{
    public static async Task RunAsync(IJsRuntimeFactory runtimes, TextWriter output)
    {
        // Each runtime has a thread of its own: they compute at the same time, and block none of ours.
        var results = await Task.WhenAll(Enumerable.Range(20, 4).Select(async n =>
        {
            await using var runtime = await runtimes.CreateAsync();
            return await runtime.EvaluateAsync<int>($"const fib = n => n < 2 ? n : fib(n - 1) + fib(n - 2); fib({n})");
        }));
        output.WriteLine($"four at a time: {string.Join(", ", results)}");

        // One runtime may be called from any thread; its scripts run one after the other.
        await using var shared = await runtimes.CreateAsync();
        shared.Evaluate("let count = 0");
        await Parallel.ForAsync(0, 100, async (_, cancelled) => await shared.EvaluateAsync("count++", cancellationToken: cancelled));
        output.WriteLine($"a hundred callers counted to {shared.Evaluate("count")}");
    }
}
