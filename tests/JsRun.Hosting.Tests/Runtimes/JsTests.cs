namespace JsRun.Hosting.Tests.Runtimes;

/// <summary>The original's tests of its module-level API (test_jsrun_api.py).</summary>
public sealed class JsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Upstream", "API::test_eval_basic")]
    public async Task Evaluate_Sum_IsFour()
    {
        await using var scope = Js.BeginScope();
        Js.Evaluate("2 + 2").ShouldBe(4L);
    }

    [Fact]
    [Trait("Upstream", "API::test_eval_math")]
    public async Task Evaluate_Root_IsFour()
    {
        await using var scope = Js.BeginScope();
        Js.Evaluate<double>("Math.sqrt(16)").ShouldBe(4);
    }

    [Fact]
    [Trait("Upstream", "API::test_eval_string")]
    public async Task Evaluate_Text_IsText()
    {
        await using var scope = Js.BeginScope();
        Js.Evaluate("'hello'.toUpperCase()").ShouldBe("HELLO");
    }

    [Fact]
    [Trait("Upstream", "API::test_eval_object")]
    public async Task Evaluate_Object_IsADictionary()
    {
        await using var scope = Js.BeginScope();
        Js.Evaluate("({ name: 'test', value: 42 })").ShouldBeEquivalentTo(new Dictionary<string, object?> { ["name"] = "test", ["value"] = 42L });
    }

    [Fact]
    [Trait("Upstream", "API::test_eval_array")]
    public async Task Evaluate_Array_IsAList()
    {
        await using var scope = Js.BeginScope();
        Js.Evaluate("[1, 2, 3].map(x => x * 2)").ShouldBeEquivalentTo(new List<object?> { 2L, 4L, 6L });
    }

    [Fact]
    [Trait("Upstream", "API::test_eval_async_basic")]
    [Trait("Upstream", "API::test_eval_async_computation")]
    [Trait("Upstream", "API::test_eval_async_timeout")]
    public async Task EvaluateAsync_Promises_AreAwaited()
    {
        await using var scope = Js.BeginScope();
        (await Js.EvaluateAsync("Promise.resolve(42)", cancellationToken: Token)).ShouldBe(42L);
        (await Js.EvaluateAsync<int>("Promise.resolve(2).then(x => x + 2)", cancellationToken: Token)).ShouldBe(4);
        (await Js.EvaluateAsync<int>("Promise.resolve(100)", new JsEvaluateOptions { Timeout = TimeSpan.FromSeconds(1000) }, Token)).ShouldBe(100);
    }

    [Fact]
    [Trait("Upstream", "API::test_async_tasks_get_separate_runtimes")]
    public async Task Default_FlowsBesideEachOther_HaveTheirOwn()
    {
        static async Task<int> Flow(int value)
        {
            try
            {
                Js.Evaluate($"globalThis.value = {value}");
                await Task.Yield();
                return await Js.EvaluateAsync<int>("value", cancellationToken: Token);
            }
            finally
            {
                await Js.CloseDefaultAsync();
            }
        }

        var values = await Task.WhenAll(Flow(100), Flow(200), Task.Run(() => Flow(300), Token));

        values.ShouldBe([100, 200, 300]);
    }

    [Fact]
    [Trait("Upstream", "API::test_async_task_isolation")]
    [Trait("Upstream", "API::test_context_var_isolation")]
    public async Task Default_CopiedExecutionContexts_HaveTheirOwn()
    {
        var values = new int[2];
        var contexts = new[] { ExecutionContext.Capture()!.CreateCopy(), ExecutionContext.Capture()!.CreateCopy() };
        using var set = new Barrier(2);
        var threads = contexts.Select((context, number) =>
        {
            var thread = new Thread(() => ExecutionContext.Run(context, _ =>
            {
                Js.Evaluate($"globalThis.value = {(number + 1) * 100}");
                set.SignalAndWait(TimeSpan.FromSeconds(30));
                values[number] = Js.Evaluate<int>("value");
                Js.CloseDefault();
            }, null));
            thread.UnsafeStart();
            return thread;
        }).ToArray();

        threads.ShouldAllBe(thread => thread.Join(TimeSpan.FromSeconds(30)));

        values.ShouldBe([100, 200]);
        await using var scope = Js.BeginScope();
        Js.Evaluate("typeof value").ShouldBe("undefined");
    }

    [Fact]
    [Trait("Upstream", "API::test_thread_isolation")]
    public void Default_Threads_HaveTheirOwn()
    {
        var values = new int[3];
        using var set = new Barrier(3);
        var threads = Enumerable.Range(0, 3).Select(i =>
        {
            var thread = new Thread(() =>
            {
                Js.Evaluate($"globalThis.id = {i}");
                set.SignalAndWait(TimeSpan.FromSeconds(30));
                values[i] = Js.Evaluate<int>("id");
                Js.CloseDefault();
            });
            thread.UnsafeStart();
            return thread;
        }).ToArray();

        threads.ShouldAllBe(thread => thread.Join(TimeSpan.FromSeconds(30)));
        values.ShouldBe([0, 1, 2]);
    }

    [Fact]
    [Trait("Upstream", "API::test_close_default_runtime_helper")]
    [Trait("Upstream", "API::test_runtime_recreated_after_close")]
    [Trait("Upstream", "API::test_state_cleared_after_recreation")]
    public async Task CloseDefault_NextUse_MakesAnother()
    {
        await using var scope = Js.BeginScope();
        var first = Js.Default;
        Js.Evaluate("globalThis.state = 1");

        await Js.CloseDefaultAsync();

        first.State.ShouldBe(JsRuntimeState.Disposed);
        Js.Evaluate("typeof state").ShouldBe("undefined");
        Js.Default.State.ShouldBe(JsRuntimeState.Running);
        Js.Default.ShouldNotBeSameAs(first);
    }

    [Fact]
    [Trait("Upstream", "API::test_runtime_recreated_after_close")]
    public async Task Default_ClosedOrTerminatedByItself_IsMadeAnew()
    {
        await using var scope = Js.BeginScope();
        Js.Default.Terminate();
        Js.Evaluate("1").ShouldBe(1L);
        await Js.Default.DisposeAsync();
        Js.Evaluate("2").ShouldBe(2L);
    }

    [Fact]
    [Trait("Upstream", "API::test_module_and_explicit_runtime_separate")]
    [Trait("Upstream", "API::test_module_and_explicit_runtime_async")]
    public async Task Default_BesideAnExplicitRuntime_SharesNothing()
    {
        await using var scope = Js.BeginScope();
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(cancellationToken: Token);

        Js.Evaluate("globalThis.value = 1");
        runtime.Evaluate("globalThis.value = 2", cancellationToken: Token);

        (await Js.EvaluateAsync<int>("Promise.resolve(value)", cancellationToken: Token)).ShouldBe(1);
        (await runtime.EvaluateAsync<int>("Promise.resolve(value)", cancellationToken: Token)).ShouldBe(2);
    }

    [Fact]
    [Trait("Upstream", "API::test_eval_syntax_error")]
    [Trait("Upstream", "API::test_eval_runtime_error")]
    [Trait("Upstream", "API::test_eval_async_error")]
    public async Task Evaluate_Wrong_IsAJavaScriptException()
    {
        await using var scope = Js.BeginScope();
        Should.Throw<JavaScriptException>(() => Js.Evaluate("let let")).Name.ShouldBe("SyntaxError");
        Should.Throw<JavaScriptException>(() => Js.Evaluate("throw new Error('thrown')")).Message.ShouldContain("thrown");
        await Should.ThrowAsync<JavaScriptException>(async () => await Js.EvaluateAsync("Promise.reject(new Error('rejected'))", cancellationToken: Token));
    }

    [Fact]
    [Trait("Upstream", "API::test_get_default_runtime_returns_same_instance")]
    [Trait("Upstream", "API::test_get_default_runtime_creates_when_needed")]
    public async Task Default_Twice_IsTheSameOpenRuntime()
    {
        await using var scope = Js.BeginScope();
        var first = Js.Default;

        first.State.ShouldBe(JsRuntimeState.Running);
        Js.Default.ShouldBeSameAs(first);
        scope.Runtime.ShouldBeSameAs(first);
        await Task.Yield();
        Js.Default.ShouldBeSameAs(first);
    }

    [Fact]
    [Trait("Upstream", "API::test_task_runtime_closed_when_task_completes")]
    public async Task BeginScope_Ends_RuntimeIsClosedAndTheOuterIsBack()
    {
        await using var outer = Js.BeginScope();
        Js.Evaluate("globalThis.where = 'outer'");
        IJsRuntime inner;
        await using (Js.BeginScope())
        {
            inner = Js.Default;
            Js.Evaluate("typeof where").ShouldBe("undefined");
        }

        inner.State.ShouldBe(JsRuntimeState.Disposed);
        Js.Evaluate("where").ShouldBe("outer");
    }

    [Fact]
    public async Task BeginScope_Ended_TakesNoMoreWork()
    {
        var scope = Js.BeginScope();
        await scope.DisposeAsync();

        Should.Throw<ObjectDisposedException>(() => scope.Runtime);
        await scope.DisposeAsync();
    }

    [Fact]
    public async Task Default_NobodyCloses_IsReclaimed()
    {
        var weak = await Task.Run(static () => new WeakReference<IJsRuntime>(Js.Default), Token);

        await Eventually.HoldsAsync(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return !weak.TryGetTarget(out _);
        });
    }

    [Fact]
    public async Task CreateSnapshotBuilder_WithoutAContainer_Builds()
    {
        await using var scope = Js.BeginScope();
        var snapshot = Js.CreateSnapshotBuilder().AddScript("a.js", "globalThis.a = 1").Build(Token);

        snapshot.Scripts.ShouldBe(["a.js"]);
    }
}
