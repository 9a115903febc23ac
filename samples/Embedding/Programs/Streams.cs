using System.Text;
using JsRun;

namespace Embedding.Programs;

/// <summary>Streams in both directions, with backpressure.</summary>
internal static class Streams
{
    public static async Task RunAsync(IJsRuntimeFactory runtimes, TextWriter output)
    {
        await using var runtime = await runtimes.CreateAsync();

        // From JavaScript: whoever stops reading cancels the stream there.
        var numbers = await runtime.EvaluateAsync<JsStream>("let n = 0; new ReadableStream({ pull(c) { c.enqueue(++n) }, cancel() { globalThis.cancelled = true } })");
        await foreach (var number in numbers!.ReadAllAsync<int>())
        {
            output.Write($"{number} ");
            if (number == 5)
            {
                break;
            }
        }

        output.WriteLine($"… cancelled: {runtime.Evaluate("cancelled")}");

        // To JavaScript: one item is made for each that is read.
        using var join = await runtime.EvaluateAsync<JsFunction>("async stream => { const parts = []; for await (const part of stream) parts.push(part); return parts.join('|'); }");
        output.WriteLine(await join!.InvokeAsync<string>(LettersAsync()));

        // Through JavaScript: bytes in, bytes out, never all of them in memory.
        using var upper = await runtime.EvaluateAsync<JsFunction>("""
            stream => stream
              .pipeThrough(new TextDecoderStream())
              .pipeThrough(new TransformStream({ transform: (text, c) => c.enqueue(text.toUpperCase()) }))
              .pipeThrough(new TextEncoderStream())
            """);
        var result = await upper!.InvokeAsync<JsStream>(new MemoryStream(Encoding.UTF8.GetBytes("bytes of a file")));
        using var reader = new StreamReader(result!.AsStream());
        output.WriteLine(await reader.ReadToEndAsync());
    }

    private static async IAsyncEnumerable<string> LettersAsync()
    {
        foreach (var letter in (string[])["a", "b", "c"])
        {
            await Task.Delay(1);
            yield return letter;
        }
    }
}
