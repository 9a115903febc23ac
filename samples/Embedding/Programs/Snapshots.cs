using JsRun;

namespace Embedding.Programs;

/// <summary>A library that is evaluated once, and runtimes that start from it.</summary>
internal static class Snapshots
{
    public static async Task RunAsync(IJsRuntimeFactory runtimes, TextWriter output)
    {
        var built = await runtimes.CreateSnapshotBuilder()
            .AddScript("library.js", "const words = new Map([['hello', 'bonjour']]); globalThis.translate = word => words.get(word) ?? `${word}?`;")
            .AddScript("setup.js", "globalThis.calls = 0;")
            .BuildAsync();
        var stored = built.ToArray();

        var options = new JsRuntimeOptions { Snapshot = JsSnapshot.Load(stored) };
        await using var first = await runtimes.CreateAsync(options);
        await using var second = await runtimes.CreateAsync(options);
        output.WriteLine($"{first.Evaluate("calls++, translate('hello')")}, {second.Evaluate("calls++, translate('tea')")}");
        output.WriteLine($"each has its own state: {first.Evaluate("calls")}, {second.Evaluate("calls")}");

        try
        {
            stored[^1] ^= 1;
            JsSnapshot.Load(stored);
        }
        catch (JsSnapshotException e)
        {
            output.WriteLine($"refused: {e.Message}");
        }
    }
}
