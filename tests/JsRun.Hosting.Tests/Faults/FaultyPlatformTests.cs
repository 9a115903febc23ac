using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Polly;

namespace JsRun.Hosting.Tests.Faults;

/// <summary>What the platform lets an application hook in around functions: pipelines, and listeners of metrics.</summary>
public sealed class FaultyPlatformTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<JsIsolation, JsNativeMode> Modes => new()
    {
        { JsIsolation.PerRequest, JsNativeMode.Auto },
        { JsIsolation.Shared, JsNativeMode.Auto },
        { JsIsolation.PerRequest, JsNativeMode.Off },
        { JsIsolation.Shared, JsNativeMode.Off },
    };

    [Theory]
    [InlineData(false, nameof(IOException), JsNativeMode.Auto)]
    [InlineData(true, nameof(IOException), JsNativeMode.Auto)]
    [InlineData(true, nameof(OutOfMemoryException), JsNativeMode.Auto)]
    [InlineData(true, nameof(UnreadableException), JsNativeMode.Auto)]
    [InlineData(false, nameof(IOException), JsNativeMode.Off)]
    [InlineData(true, nameof(OutOfMemoryException), JsNativeMode.Off)]
    public async Task Pipeline_OfTheApplicationThrows_FailsThatRequestAndReturnsItsLease(bool after, string fault, JsNativeMode native)
    {
        await using var app = await FunctionApp.StartAsync(
            options => (options.Pool.MaxIsolates, options.Pool.LeasesPerIsolate, options.Engine.Native) = (1, 1, native),
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
    [MemberData(nameof(Modes))]
    public async Task MeterListener_Throws_ChangesNoOutcome(JsIsolation isolation, JsNativeMode native)
    {
        var calls = 0;
        await using var app = await FunctionApp.StartAsync(
            options =>
            {
                (options.Isolation, options.Engine.Native) = (isolation, native);
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
    [MemberData(nameof(Modes))]
    public async Task TimeProvider_Throws_FailsThoseRequestsAlone(JsIsolation isolation, JsNativeMode native)
    {
        var time = new FaultyTime();
        await using var app = await FunctionApp.StartAsync(
            options =>
            {
                (options.Isolation, options.Engine.Native) = (isolation, native);
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

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task TimeProvider_ThrowsWhileTimersOfScriptsArePending_OnlyHoldsThemUp(JsIsolation isolation, JsNativeMode native)
    {
        var time = new FaultyTime();
        await using var app = await FunctionApp.StartAsync(
            options =>
            {
                (options.Isolation, options.Engine.Native) = (isolation, native);
                options.Pool.MaxIsolates = 1;
                options.Permissions.Add("op:fail");
            },
            time,
            services => services.AddJsRun().AddOp("fail", () => time.Fail()));
        var function = await app.HandleAsync("const timer = new Promise(r => setTimeout(r, 20)); env.fail(); await timer; return new Response('a');");
        await using var neighbour = await app.Host.Runtimes.RentAsync(Token);
        await using var own = await app.Host.Runtimes.CreateAsync(cancellationToken: Token);
        neighbour.Evaluate("var kept = 1", cancellationToken: Token);
        own.Evaluate("var kept = 2", cancellationToken: Token);
        var evaluation = own.EvaluateAsync("new Promise(r => setTimeout(r, 40, 'own'))", Token);

        var answer = function.GetAsync();
        // Asked in vain by both isolates, when their timers are due.
        await Eventually.HoldsAsync(() => time.Threads.Count(static name => name.StartsWith("jsrun-", StringComparison.Ordinal)) >= 2, () => string.Join(", ", time.Threads));
        time.Work();

        (await answer.InTime()).ShouldBe("a");
        (await evaluation.InTime()).ShouldBe("own");
        neighbour.Evaluate("kept", cancellationToken: Token).ShouldBe(1L);
        own.Evaluate("kept", cancellationToken: Token).ShouldBe(2L);
    }

    [Theory]
    [Trait("Clock", "real")]
    [InlineData(JsIsolation.PerRequest, JsNativeMode.Auto, true)]
    [InlineData(JsIsolation.Shared, JsNativeMode.Auto, true)]
    [InlineData(JsIsolation.PerRequest, JsNativeMode.Off, true)]
    [InlineData(JsIsolation.PerRequest, JsNativeMode.Auto, false)]
    [InlineData(JsIsolation.Shared, JsNativeMode.Auto, false)]
    [InlineData(JsIsolation.Shared, JsNativeMode.Off, false)]
    public async Task TimeProvider_TimersThrow_AreTheSystemsOwn(JsIsolation isolation, JsNativeMode native, bool creation)
    {
        var time = new FaultyTime { Creation = creation, Change = !creation };
        await using var app = await FunctionApp.StartAsync(
            options =>
            {
                (options.Isolation, options.Engine.Native) = (isolation, native);
                (options.Pool.MaxIsolates, options.Pool.LeasesPerIsolate) = (1, 1);
                options.Limits.Timeout = TimeSpan.FromSeconds(2);
            },
            time);
        var function = await app.HandleAsync(
            """
            if (url.pathname === '/long') await new Promise(r => setTimeout(r, 1e8));
            await new Promise(r => setTimeout(r, 1));
            return new Response(new ReadableStream({ async pull(c) { await new Promise(r => setTimeout(r, 1)); c.enqueue(new Uint8Array([97])); c.close(); } }));
            """);

        (await function.GetAsync()).ShouldBe("a");
        await Should.ThrowAsync<JsTimeoutException>(() => function.GetAsync("/long"));
        await app.LeasesReturnedAsync();
        // Waits for the lease in the queue, whose patience is a timer, too.
        (await Task.WhenAll(function.GetAsync(), function.GetAsync()).InTime()).ShouldBe(["a", "a"]);
        await using var runtime = await app.Host.Runtimes.CreateAsync(new JsRuntimeOptions { Timeout = TimeSpan.FromMilliseconds(500) }, Token);
        (await runtime.EvaluateAsync("new Promise(r => setTimeout(r, 1, 3))", Token)).ShouldBe(3L);
        await Should.ThrowAsync<JsTimeoutException>(() => runtime.EvaluateAsync("new Promise(r => setTimeout(r, 1e8))", Token).AsTask());
        runtime.Modules.Loader = async (_, cancellation) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            return "";
        };
        await Should.ThrowAsync<JsTimeoutException>(() => runtime.ImportAsync("https://x.example/y.js", cancellationToken: Token).AsTask());
        runtime.Evaluate("1 + 1", cancellationToken: Token).ShouldBe(2L);
        time.Failures.ShouldBeGreaterThan(0);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task MeterListener_ThrowsAtNewInstruments_CostsOnlyThem(JsIsolation isolation, JsNativeMode native)
    {
        using var meters = new OwnMeters();
        var published = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters) && instrument.Meter.Name == "JsRun")
            {
                published.Add(instrument.Name);
                throw new IOException("of the listener");
            }
        };
        listener.Start();

        await using var app = await FunctionApp.StartAsync(
            options => (options.Isolation, options.Engine.Native, options.Limits.Timeout) = (isolation, native, TimeSpan.FromSeconds(1)),
            services: services => services.AddSingleton<IMeterFactory>(meters));
        var function = await app.HandleAsync("if (url.pathname === '/long') for (;;); return new Response('a');");

        (await function.GetAsync()).ShouldBe("a");
        await Should.ThrowAsync<JsTimeoutException>(() => function.GetAsync("/long"));
        await using var runtime = await app.Host.Runtimes.CreateAsync(cancellationToken: Token);
        runtime.Evaluate("1 + 1", cancellationToken: Token).ShouldBe(2L);
        published.ShouldContain("faas.invocations");
        published.ShouldContain("jsrun.pool.leases");
        published.ShouldContain("jsrun.runtime.execution.duration");
        published.ShouldContain("jsrun.runtime.active");
    }

    private sealed class OwnMeters : IMeterFactory
    {
        private readonly List<Meter> _meters = [];

        public Meter Create(MeterOptions options)
        {
            options.Scope = this;
            var meter = new Meter(options);
            _meters.Add(meter);
            return meter;
        }

        public void Dispose() => _meters.ForEach(static meter => meter.Dispose());
    }

    private sealed class FaultyTime : TimeProvider
    {
        private readonly ConcurrentDictionary<string, int> _threads = new();
        private volatile bool _fails;
        private int _failures;

        /// <summary>Whether timers cannot be made.</summary>
        public bool Creation { get; init; }

        /// <summary>Whether timers cannot be set.</summary>
        public bool Change { get; init; }

        public int Failures => Volatile.Read(ref _failures);

        /// <summary>Names of the threads that have asked in vain.</summary>
        public IEnumerable<string> Threads => _threads.Keys;

        public void Fail() => _fails = true;

        public void Work() => _fails = false;

        public override long GetTimestamp() => _fails ? throw Failure() : base.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => _fails ? throw Failure() : base.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            Creation ? throw Failure() : new FaultyTimer(this, base.CreateTimer(callback, state, dueTime, period));

        private IOException Failure()
        {
            Interlocked.Increment(ref _failures);
            _threads[Thread.CurrentThread.Name ?? ""] = 1;
            return new IOException("of the clock");
        }

        private sealed class FaultyTimer(FaultyTime time, ITimer timer) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => time.Change ? throw time.Failure() : timer.Change(dueTime, period);

            public void Dispose() => timer.Dispose();

            public ValueTask DisposeAsync() => timer.DisposeAsync();
        }
    }
}
