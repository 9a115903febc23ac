using System.Globalization;
using Embedding;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace JsRun.SandboxProbe;

/// <summary>What a worker does once it is sealed.</summary>
internal static class Work
{
    private static readonly string[] Programs = ["modules", "webassembly", "streams"];

    private const string Hot = """
        const add = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 7, 1, 96, 2, 127, 127, 1, 127, 3, 2, 1, 0, 7, 7, 1, 3, 97, 100, 100, 0, 0, 10, 9, 1, 7, 0, 32, 0, 32, 1, 106, 11]))).exports.add;
        let sum = 0;
        for (let i = 0; i < 2_000_000; i++) { sum = add(sum, i & 3); }
        const price = new Intl.NumberFormat('de-DE', { style: 'currency', currency: 'EUR' }).format(1234.5).replace(/\s/g, ' ');
        const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'Asia/Tokyo' }).format(new Date(0));
        new Promise((resolve) => setTimeout(() => resolve([sum, price, day, crypto.randomUUID().length].join('|')), 5));
        """;

    /// <summary>Starts what a worker has before it is sealed.</summary>
    public static async Task<IHost> StartAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddJsRun();
        var host = builder.Build();
        await host.StartAsync().ConfigureAwait(false);
        return host;
    }

    /// <summary>Evaluates scripts that JIT compilers, timers, ICU, WebAssembly, modules and new isolates take part in, and returns what came of it.</summary>
    public static async Task<string> DoAsync(IJsRuntimeFactory runtimes)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        foreach (var name in Programs)
        {
            await Catalog.All[name](runtimes, output).ConfigureAwait(false);
        }

        await using var first = await runtimes.CreateAsync().ConfigureAwait(false);
        await using var second = await runtimes.CreateAsync().ConfigureAwait(false);
        var results = await Task.WhenAll(first.EvaluateAsync<string>(Hot).AsTask(), second.EvaluateAsync<string>(Hot).AsTask()).ConfigureAwait(false);
        GC.Collect();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(static _ => Task.Factory.StartNew(static () => Environment.CurrentManagedThreadId, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))).ConfigureAwait(false);
        return string.Join(" and ", results.Distinct());
    }
}
