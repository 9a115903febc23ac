using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Polly;

namespace JsRun.Hosting.Tests.Faults;

/// <summary>What the platform lets an application hook in around functions: pipelines, and listeners of metrics.</summary>
public sealed class FaultyPlatformTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, nameof(IOException))]
    [InlineData(true, nameof(IOException))]
    [InlineData(true, nameof(OutOfMemoryException))]
    [InlineData(true, nameof(UnreadableException))]
    public async Task Pipeline_OfTheApplicationThrows_FailsThatRequestAndReturnsItsLease(bool after, string fault)
    {
        await using var app = await FunctionApp.StartAsync(
            options => (options.Pool.MaxIsolates, options.Pool.LeasesPerIsolate) = (1, 1),
            services: services => services.AddResiliencePipeline("JsRun:piped.js", builder =>
            {
                var strategy = new FaultyStrategy(after, () => HostFaults.Create(fault));
                builder.AddStrategy(_ => strategy, new FaultyStrategy.Options());
            }));
        var function = await app.HandleAsync("return new Response(new ReadableStream({ pull(c) { c.enqueue(new Uint8Array([97])); c.close(); } }));", "piped.js");

        var error = await Should.ThrowAsync<Exception>(() => function.GetAsync());

        error.GetType().Name.ShouldBe(fault);
        await app.LeasesReturnedAsync();
        (await function.GetAsync()).ShouldBe("a");
        await app.LeasesReturnedAsync();
    }

    [Theory]
    [InlineData(JsIsolation.PerRequest)]
    [InlineData(JsIsolation.Shared)]
    public async Task MeterListener_Throws_ChangesNoOutcome(JsIsolation isolation)
    {
        var calls = 0;
        await using var app = await FunctionApp.StartAsync(
            options =>
            {
                options.Isolation = isolation;
                options.Limits.Timeout = TimeSpan.FromSeconds(1);
            },
            services: services => services.AddJsRun().AddOp("refused", () => 1));
        var meters = app.Host.Services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "JsRun" && ReferenceEquals(instrument.Meter.Scope, meters))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        void Fail()
        {
            Interlocked.Increment(ref calls);
            throw new IOException("of the listener");
        }

        listener.SetMeasurementEventCallback<long>((_, _, _, _) => Fail());
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => Fail());
        listener.Start();

        var function = await app.HandleAsync(
            """
            if (url.pathname === '/throw') throw new Error('of the script');
            if (url.pathname === '/long') for (;;);
            try { env.refused(); } catch (e) { return new Response(e.name); }
            """);

        (await function.GetAsync()).ShouldBe("PermissionDenied");
        (await Should.ThrowAsync<JavaScriptException>(() => function.GetAsync("/throw"))).JsMessage.ShouldBe("of the script");
        await Should.ThrowAsync<JsTimeoutException>(() => function.GetAsync("/long"));
        (await function.GetAsync()).ShouldBe("PermissionDenied");
        await app.LeasesReturnedAsync();
        await using var runtime = await app.Host.Runtimes.CreateAsync(cancellationToken: Token);
        runtime.Evaluate("1 + 1", cancellationToken: Token).ShouldBe(2L);
        (await runtime.EvaluateAsync("new Promise(r => setTimeout(r, 0, 3))", Token)).ShouldBe(3L);
        calls.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(JsIsolation.PerRequest)]
    [InlineData(JsIsolation.Shared)]
    public async Task TimeProvider_Throws_FailsThoseRequestsAlone(JsIsolation isolation)
    {
        var time = new FaultyTime();
        await using var app = await FunctionApp.StartAsync(
            options =>
            {
                options.Isolation = isolation;
                (options.Pool.MaxIsolates, options.Pool.LeasesPerIsolate) = (1, 1);
                options.Permissions.Add("op:fail");
            },
            time,
            services => services.AddJsRun().AddOp("fail", () => time.Fail()));
        var function = await app.HandleAsync(
            """
            if (url.pathname === '/fail') env.fail();
            if (url.searchParams.has('timer')) await new Promise(r => setTimeout(r, 1));
            return new Response('a');
            """);

        time.Fail();
        var atOnce = await Should.ThrowAsync<IOException>(() => function.GetAsync());
        time.Work();
        var between = await function.GetAsync();
        await app.LeasesReturnedAsync();
        var midway = await function.GetAsync("/fail");
        await app.LeasesReturnedAsync();
        time.Work();
        var last = await function.GetAsync("/?timer");

        atOnce.Message.ShouldBe("of the clock");
        (between, midway, last).ShouldBe(("a", "a", "a"));
        await app.LeasesReturnedAsync();
    }

    private sealed class FaultyTime : TimeProvider
    {
        private volatile bool _fails;

        public void Fail() => _fails = true;

        public void Work() => _fails = false;

        public override long GetTimestamp() => _fails ? throw new IOException("of the clock") : base.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => _fails ? throw new IOException("of the clock") : base.GetUtcNow();
    }
}
