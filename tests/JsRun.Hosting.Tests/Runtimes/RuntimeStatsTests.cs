using System.Diagnostics.Metrics;
using JsRun.Hosting.Tests.Values;
using Microsoft.Extensions.DependencyInjection;

namespace JsRun.Hosting.Tests.Runtimes;

/// <summary>The original's tests of its statistics (TestRuntimeStats), and every field.</summary>
public sealed class RuntimeStatsTests(OwnRuntime own) : IClassFixture<OwnRuntime>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Upstream", "RT::test_runtime_stats_initial_values")]
    public async Task GetStats_FreshRuntime_HasCountedNothing()
    {
        await using var runtime = await own.NewAsync();

        var stats = runtime.GetStats();

        (stats.TotalExecutionTime, stats.LastExecutionTime, stats.LastExecutionKind).ShouldBe((TimeSpan.Zero, TimeSpan.Zero, JsExecutionKind.None));
        (stats.EvaluateCount, stats.EvaluateAsyncCount, stats.ImportCount, stats.ImportAsyncCount, stats.CallCount, stats.CallAsyncCount).ShouldBe((0, 0, 0, 0, 0, 0));
        stats.HeapUsedBytes.ShouldBeGreaterThan(0);
        stats.HeapTotalBytes.ShouldBeGreaterThanOrEqualTo(stats.HeapUsedBytes);
        stats.PhysicalTotalBytes.ShouldBeGreaterThan(0);
    }

    [Fact]
    [Trait("Upstream", "RT::test_runtime_stats_after_eval")]
    public async Task GetStats_AfterEachEvaluation_CountsIt()
    {
        await using var runtime = await own.NewAsync();
        var total = TimeSpan.Zero;
        for (var i = 1; i <= 2; i++)
        {
            runtime.Evaluate("1 + 1", cancellationToken: Token);

            var stats = runtime.GetStats();
            (stats.EvaluateCount, stats.LastExecutionKind).ShouldBe((i, JsExecutionKind.Evaluate));
            stats.TotalExecutionTime.ShouldBeGreaterThan(total);
            total = stats.TotalExecutionTime;
        }
    }

    [Fact]
    [Trait("Upstream", "RT::test_runtime_stats_async_paths")]
    [Trait("Upstream", "2.15: statistics add up")]
    public async Task GetStats_AsynchronousAndCalls_AreCountedApart()
    {
        await using var runtime = await own.NewAsync();
        var function = (JsFunction)(await runtime.EvaluateAsync("(x) => x * 2", Token))!;
        runtime.GetStats().EvaluateAsyncCount.ShouldBe(1);
        runtime.GetStats().ActiveFunctions.ShouldBe(1);
        var total = runtime.GetStats().TotalExecutionTime;

        function.Invoke(1).ShouldBe(2L);
        (await function.InvokeAsync(2)).ShouldBe(4L);
        await Should.ThrowAsync<JavaScriptException>(async () => await runtime.EvaluateAsync("throw 1", Token));

        var stats = runtime.GetStats();
        (stats.EvaluateAsyncCount, stats.CallCount, stats.CallAsyncCount, stats.EvaluateCount).ShouldBe((2, 1, 1, 0));
        stats.TotalExecutionTime.ShouldBeGreaterThan(total);
    }

    [Fact]
    [Trait("Upstream", "RT::test_runtime_stats_module_paths")]
    public async Task GetStats_Imports_AreCountedApart()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Add("one", "export const value = 42");
        runtime.Modules.Add("two", "export const value = await Promise.resolve(21)");

        runtime.Import("one", cancellationToken: Token)["value"].ShouldBe(42L);
        (await runtime.ImportAsync("two", cancellationToken: Token))["value"].ShouldBe(21L);

        var stats = runtime.GetStats();
        (stats.ImportCount, stats.ImportAsyncCount, stats.LastExecutionKind).ShouldBe((1, 1, JsExecutionKind.ImportAsync));
    }

    [Fact]
    [Trait("Upstream", "2.17: all fields of the statistics")]
    public async Task GetStats_EveryField_IsCounted()
    {
        await using var runtime = await own.NewAsync();
        var load = new TaskCompletionSource<JsModuleSource?>(TaskCreationOptions.RunContinuationsAsynchronously);
        runtime.Modules.Add("m", "export const value = 1");
        runtime.Modules.Loader = async (_, cancellationToken) => await load.Task.WaitAsync(cancellationToken);
        runtime.Evaluate("globalThis.timer = setTimeout(() => {}, 1e6); globalThis.interval = setInterval(() => {}, 1e6); globalThis.buffer = new Uint8Array(1 << 20)");
        runtime.Import("m");
        await runtime.ImportAsync("m", cancellationToken: Token);
        await runtime.EvaluateAsync("globalThis.pending = import('x:never'); 0", Token);
        using var function = runtime.Evaluate<JsFunction>("(stream) => { globalThis.reader = stream.getReader(); return reader.read().then(r => r.value.length) }")!;
        (await function.InvokeAsync<int>(JsStreamSource.From(Bytes()))).ShouldBe(3);
        var pipe = new System.IO.Pipelines.Pipe();
        runtime.Evaluate<JsFunction>("stream => { globalThis.body = stream.getReader(); body.read() }")!.Invoke(pipe.Reader);
        await using var stream = await runtime.EvaluateAsync<JsStream>("new ReadableStream({ pull(c) { c.enqueue(new Uint8Array(5)) } })", Token);
        await using var chunks = stream!.GetAsyncEnumerator(Token);
        await chunks.MoveNextAsync();

        var stats = runtime.GetStats();

        foreach (var property in typeof(JsRuntimeStats).GetProperties())
        {
            Convert.ToDouble(property.GetValue(stats) switch { TimeSpan time => time.TotalMilliseconds, var value => value }, System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(0, property.Name);
        }

        (stats.ActiveTimers, stats.ActiveIntervals, stats.ActiveJsStreams, stats.TotalJsStreams, stats.ActiveHostStreams, stats.TotalHostStreams, stats.OpenResources).ShouldBe((1, 1, 1, 1L, 2, 2L, 1));
        (stats.BytesStreamedToHost, stats.BytesStreamedToJs).ShouldBe((5L, 3L));
        load.SetResult(null);
    }

    private static async IAsyncEnumerable<byte[]> Bytes()
    {
        await Task.Yield();
        yield return [1, 2, 3];
        yield return [4];
    }

    [Fact]
    public async Task GetStats_WhileJavaScriptRuns_DoesNotWait()
    {
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { Console = { OnMessage = _ => running.TrySetResult() } });
        using var cancellation = new CancellationTokenSource();
        var endless = runtime.EvaluateAsync("setTimeout(() => {}, 1e6); console.log('runs'); for (;;);", cancellation.Token).AsTask();
        await running.Task.InTime();

        var stats = await Task.Run(runtime.GetStats, Token).InTime();

        (stats.EvaluateAsyncCount, stats.ActiveTimers).ShouldBe((0, 1));
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(async () => await endless.InTime());
    }

    [Fact]
    public async Task GetStats_TimersAndLoads_AreWhatIsPending()
    {
        await using var runtime = await own.NewAsync();
        var answer = new TaskCompletionSource<JsModuleSource?>(TaskCreationOptions.RunContinuationsAsynchronously);
        runtime.Modules.Loader = async (_, cancellationToken) => await answer.Task.WaitAsync(cancellationToken);

        await runtime.EvaluateAsync("globalThis.t = [setTimeout(() => {}, 1e6), setTimeout(() => {}, 1e6), setInterval(() => {}, 1e6)]; globalThis.m = import('x:y'); 0", Token);

        var stats = runtime.GetStats();
        (stats.ActiveTimers, stats.ActiveIntervals, stats.ActiveAsyncOperations).ShouldBe((2, 1, 1));
        answer.SetResult("export default 1");
        await runtime.EvaluateAsync("clearTimeout(t[0]); clearInterval(t[2]); m.then(() => 0)", Token);
        stats = runtime.GetStats();
        (stats.ActiveTimers, stats.ActiveIntervals, stats.ActiveAsyncOperations).ShouldBe((1, 0, 0));
    }

    [Fact]
    public async Task GetStats_CryptoThatRunsElsewhere_IsPending()
    {
        await using var runtime = await own.NewAsync();
        // What comes back is a message, which waits as long as this script runs.
        runtime.BindFunction("active", (IJsRuntime inner) => inner.GetStats().ActiveAsyncOperations);

        (await runtime.EvaluateAsync(
            """
            (async () => {
                const key = await crypto.subtle.importKey('raw', new Uint8Array(16), 'PBKDF2', false, ['deriveBits']);
                const derive = () => crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: new Uint8Array(8), iterations: 20000 }, key, 256);
                // More than run at once.
                const all = Array.from({ length: 6 }, derive);
                const during = active();
                await Promise.all(all);
                return [during, active()];
            })()
            """,
            Token)).ShouldBeExactly(new List<object?> { 6L, 0L });
    }

    [Fact]
    public async Task GetStats_ArrayBuffers_AreExternalMemory()
    {
        await using var runtime = await own.NewAsync();
        var before = runtime.GetStats().ExternalMemoryBytes;

        await runtime.EvaluateAsync("globalThis.b = new Uint8Array(8 << 20).fill(1); 0", Token);

        (runtime.GetStats().ExternalMemoryBytes - before).ShouldBeGreaterThan(7 << 20);
    }

    [Fact]
    public async Task GetStats_Disposed_Throws()
    {
        var runtime = await own.NewAsync();
        await runtime.DisposeAsync();

        Should.Throw<ObjectDisposedException>(() => runtime.GetStats());
    }

    [Fact]
    public async Task Metrics_Runtimes_AreSeen()
    {
        await using var host = await TestHost.StartAsync();
        var active = 0L;
        var kinds = new List<string>();
        using var listener = new MeterListener();
        var factory = host.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Scope == factory)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => active = instrument.Name == "jsrun.runtime.active" ? value : active);
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) =>
        {
            if (instrument.Name == "jsrun.runtime.execution.duration")
            {
                kinds.Add((string)tags[0].Value!);
            }
        });
        listener.Start();
        await using (var runtime = await host.Runtimes.CreateAsync(cancellationToken: Token))
        {
            await runtime.EvaluateAsync("1", Token);
            listener.RecordObservableInstruments();
            active.ShouldBe(1);
        }

        await Eventually.HoldsAsync(() =>
        {
            listener.RecordObservableInstruments();
            return active == 0;
        });
        kinds.ShouldBe(["evaluate_async"]);
    }
}
