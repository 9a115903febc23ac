namespace JsRun.Hosting.Tests.Functions;

/// <summary>What requests leave behind in V8's heap goes with their contexts, and not when .NET collects garbage.</summary>
public sealed class ContextMemoryTests
{
    [Theory]
    [InlineData("return new Response(new Uint8Array(await crypto.subtle.digest('SHA-256', crypto.getRandomValues(new Uint8Array(4096)))).join());")]
    [InlineData("let n = 0; return new Response(new ReadableStream({ pull(c) { if (++n > 4) c.close(); else c.enqueue(new TextEncoder().encode('piece ' + n)); } }));")]
    public async Task Requests_WhoseBytesCross_FitIntoASmallHeap(string body)
    {
        // A context takes more than a MiB: were they kept, the limit would end a request, or V8 the process.
        await using var app = await FunctionApp.StartAsync(options =>
        {
            options.Pool.MaxIsolates = 1;
            options.Limits.MaxHeapBytes = 40 << 20;
        });
        var function = await app.HandleAsync(body);

        for (var i = 0; i < 120; i++)
        {
            (await function.GetAsync()).ShouldNotBeEmpty();
        }
    }
}
