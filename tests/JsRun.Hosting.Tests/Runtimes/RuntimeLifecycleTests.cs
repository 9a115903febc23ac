using JsRun.Hosting.Tests.Values;

namespace JsRun.Hosting.Tests.Runtimes;

/// <summary>Making runtimes, and their end.</summary>
public sealed class RuntimeLifecycleTests(OwnRuntime own) : IClassFixture<OwnRuntime>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Upstream", "RT::test_runtime_spawn")]
    [Trait("Upstream", "RT::test_runtime_without_config")]
    public async Task CreateAsync_Default_IsRunning()
    {
        await using var runtime = await own.NewAsync();

        (runtime.State, runtime.IsClosed).ShouldBe((JsRuntimeState.Running, false));
        runtime.Evaluate("2 + 2").ShouldBeExactly(4L);
    }

    [Fact]
    public async Task CreateAsync_PoolKeepsNoIsolates_NoneIsMade()
    {
        await using var host = await TestHost.StartAsync(o => o.Pool.MinIsolates = 0);
        await using var runtime = await host.Runtimes.CreateAsync(cancellationToken: Token);

        runtime.Evaluate<int>("6 * 7").ShouldBe(42);

        host.Functions.GetPoolStatus().Isolates.ShouldBe(0);
    }

    [Fact]
    [Trait("Upstream", "RT::test_multiple_runtimes_independent")]
    [Trait("Upstream", "RT::test_multiple_runtimes_async")]
    public async Task CreateAsync_TwoRuntimes_KnowNothingOfEachOther()
    {
        await using var one = await own.NewAsync();
        await using var other = await own.NewAsync();
        one.Evaluate("var x = 1");
        other.Evaluate("var x = 2");

        (one.Evaluate("x"), other.Evaluate("x")).ShouldBe((1L, 2L));
        (await one.EvaluateAsync("Promise.resolve(x)", Token)).ShouldBe(1L);
        (await other.EvaluateAsync("Promise.resolve(x)", Token)).ShouldBe(2L);
    }

    [Fact]
    [Trait("Upstream", "RT::test_sequential_runtime_creation")]
    [Trait("Upstream", "2.15: three runtimes one after the other")]
    public async Task CreateAsync_OneAfterTheOther_Work()
    {
        for (var i = 0; i < 3; i++)
        {
            using var runtime = await own.NewAsync();
            runtime.Evaluate($"{i} * 2").ShouldBe(i * 2L);
        }
    }

    [Fact]
    [Trait("Upstream", "2.15: three runtimes at once from three threads")]
    public async Task CreateAsync_FromThreeThreads_Work()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => Task.Run(async () =>
        {
            await using var runtime = await own.NewAsync();
            return runtime.Evaluate<int>($"{i} * 10");
        }))).InTime();

        results.ShouldBe([0, 10, 20]);
    }

    [Fact]
    public async Task Evaluate_TwoRuntimes_RunAtTheSameTime()
    {
        using var meeting = new Barrier(2);
        var met = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            await using var runtime = await own.NewAsync();
            runtime.BindFunction("meet", () => meeting.SignalAndWait(TimeSpan.FromSeconds(30)));
            return runtime.Evaluate<bool>("meet()");
        }))).InTime();

        met.ShouldBe([true, true]);
    }

    [Fact]
    [Trait("Upstream", "RT::test_runtime_close")]
    [Trait("Upstream", "RT::test_runtime_close_idempotent")]
    [Trait("Upstream", "RT::test_runtime_eval_after_close")]
    [Trait("Upstream", "RT::test_eval_async_after_close")]
    [Trait("Upstream", "2.15: spawn, evaluate 42, close")]
    public async Task Dispose_Twice_IsClosedAndSaysSo()
    {
        var runtime = await own.NewAsync();
        runtime.IsClosed.ShouldBeFalse();
        runtime.Evaluate("42").ShouldBeExactly(42L);

        runtime.Dispose();
        runtime.Dispose();
        await runtime.DisposeAsync();

        (runtime.State, runtime.IsClosed).ShouldBe((JsRuntimeState.Disposed, true));
        Should.Throw<ObjectDisposedException>(() => runtime.Evaluate("1")).Message.ShouldContain("closed");
        (await Should.ThrowAsync<ObjectDisposedException>(async () => await runtime.EvaluateAsync("1", Token))).Message.ShouldContain("closed");
        Should.Throw<ObjectDisposedException>(() => { runtime.EvaluateAsync("1", Token).AsTask(); });
        runtime.Terminate();
    }

    [Fact]
    public async Task Dispose_EveryMember_SaysThatItIsClosed()
    {
        var runtime = await own.NewAsync();
        await runtime.DisposeAsync();

        (string Member, Func<Task> Use)[] uses =
        [
            ("BindFunction", () => Run(() => runtime.BindFunction("f", () => 1))), ("BindObject", () => Run(() => runtime.BindObject("o", new Dictionary<string, object?>()))),
            ("RegisterOp", () => Run(() => runtime.RegisterOp("op", () => 1))), ("SetGlobal", () => Run(() => runtime.SetGlobal("g", 1))), ("GetStats", () => Run(() => runtime.GetStats())),
            ("Evaluate", () => Run(() => runtime.Evaluate<int>("1"))), ("Import", () => Run(() => runtime.Import("m"))), ("Modules.Add", () => Run(() => runtime.Modules.Add("m", "1"))),
            ("Modules.Resolver", () => Run(() => runtime.Modules.Resolver = _ => null)), ("Modules.Loader", () => Run(() => runtime.Modules.Loader = (_, _) => default)),
            ("Modules.SyncLoader", () => Run(() => runtime.Modules.SyncLoader = (JsSyncModuleLoader)(_ => null))),
            ("EvaluateAsync", () => runtime.EvaluateAsync<int>("1", Token).AsTask()), ("ImportAsync", () => runtime.ImportAsync("m", cancellationToken: Token).AsTask()),
            ("RunModuleAsync", () => runtime.RunModuleAsync("nowhere.js", cancellationToken: Token).AsTask()), ("SetGlobalAsync", () => runtime.SetGlobalAsync("g", 1, Token).AsTask()),
            ("ImportFileAsync", () => runtime.ImportFileAsync("nowhere.js", cancellationToken: Token).AsTask()), ("WaitForIdleAsync", () => runtime.WaitForIdleAsync(Token).AsTask()),
        ];

        foreach (var (member, use) in uses)
        {
            (await Record.ExceptionAsync(() => use().InTime())).ShouldBeOfType<ObjectDisposedException>(member);
        }

        // A member that is added later belongs in the list. Those left out say how the runtime is, or end it.
        var members = typeof(IJsRuntime).GetMethods().Select(m => m.Name).Where(name => !name.StartsWith("get_", StringComparison.Ordinal)).Distinct();
        members.Except(uses.Select(use => use.Member)).ShouldBe(["Terminate"]);

        static Task Run(Action use)
        {
            use();
            return Task.CompletedTask;
        }
    }

    [Fact]
    [Trait("Upstream", "RT::test_context_manager_basic")]
    public async Task Using_NewRuntime_Evaluates()
    {
        using (var runtime = await own.NewAsync())
        {
            runtime.Evaluate("3 + 3").ShouldBeExactly(6L);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Upstream", "RT::test_context_manager_auto_close")]
    public async Task Using_RuntimeThatIsThere_IsOpenInsideAndClosedAfter(bool asynchronous)
    {
        var runtime = await own.NewAsync();

        if (asynchronous)
        {
            await using (runtime)
            {
                runtime.IsClosed.ShouldBeFalse();
                (await runtime.EvaluateAsync("5 * 5", Token)).ShouldBeExactly(25L);
            }
        }
        else
        {
            using (runtime)
            {
                runtime.IsClosed.ShouldBeFalse();
                runtime.Evaluate("5 * 5").ShouldBeExactly(25L);
            }
        }

        runtime.IsClosed.ShouldBeTrue();
    }

    [Fact]
    [Trait("Upstream", "RT::test_context_manager_with_exception")]
    public async Task Using_Exception_PassesAndTheRuntimeIsClosed()
    {
        var runtime = await own.NewAsync();

        Should.Throw<FormatException>(() =>
        {
            using (runtime)
            {
                throw new FormatException();
            }
        });

        runtime.IsClosed.ShouldBeTrue();
    }

    [Fact]
    [Trait("Upstream", "2.17: dispose while JS runs")]
    public async Task Dispose_WhileJavaScriptRuns_Ends()
    {
        using var gate = new Gate();
        var runtime = await own.NewAsync(new JsRuntimeOptions { Console = { OnMessage = _ => gate.Pass() } });
        var running = runtime.EvaluateAsync("console.log('runs'); for (;;);", Token).AsTask();
        var waiting = runtime.EvaluateAsync("1", Token).AsTask();
        await gate.Reached.InTime();
        gate.Open();

        await Task.Run(runtime.Dispose, Token).InTime();

        await Should.ThrowAsync<ObjectDisposedException>(() => running.InTime());
        await Should.ThrowAsync<ObjectDisposedException>(() => waiting.InTime());
    }

    [Fact]
    public async Task Dispose_WhileAHostFunctionBlocks_DoesNotWaitForIt()
    {
        using var gate = new Gate();
        var runtime = await own.NewAsync(new JsRuntimeOptions { Console = { OnMessage = _ => gate.Pass() } });
        var running = Task.Run(() => Record.Exception(() => runtime.Evaluate("console.log('blocks')")), Token);
        await gate.Reached.InTime();

        await Task.Run(runtime.Dispose, Token).InTime();

        (await running.InTime()).ShouldBeOfType<ObjectDisposedException>();
        gate.Open();
    }

    [Fact]
    public async Task Dispose_FromAHostFunction_DoesNotHang()
    {
        IJsRuntime? runtime = null;
        runtime = await own.NewAsync(new JsRuntimeOptions { Console = { OnMessage = _ => runtime!.Dispose() } });

        var running = Task.Run(() => Record.Exception(() => runtime.Evaluate("console.log('x'); for (;;);")), Token);

        (await running.InTime()).ShouldBeOfType<ObjectDisposedException>();
        runtime.State.ShouldBe(JsRuntimeState.Disposed);
    }

    [Fact]
    [Trait("Upstream", "2.15: dropping the runtime ends its thread")]
    public async Task Finalizer_RuntimeDropped_ItsThreadEnds()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "threads have names that can be read");
        var before = Threads();
        await DropAsync();
        var added = Threads().Except(before).ToArray();
        added.ShouldNotBeEmpty();

        await Eventually.HoldsAsync(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return !Threads().Intersect(added).Any();
        });
    }

    private static string[] Threads() => IsolateThreads.Named("jsrun-own");

    private async Task DropAsync()
    {
        var runtime = await own.NewAsync();
        (await runtime.EvaluateAsync("let x = 1; x", Token)).ShouldBe(1L);
        _ = runtime.Evaluate<JsFunction>("() => x");
        await runtime.WaitForIdleAsync(Token);
    }
}
