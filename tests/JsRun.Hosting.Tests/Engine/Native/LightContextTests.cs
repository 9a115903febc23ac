using JsRun.Engine.Isolates;
using JsRun.Engine.Native;
using JsRun.Engine.Native.Images;
using Microsoft.ClearScript;
using Microsoft.ClearScript.V8;

namespace JsRun.Hosting.Tests.Engine.Native;

/// <summary>Contexts without an engine of ClearScript's: docs/adr/0016.</summary>
[Collection(StressCollection.Name)]
public sealed class LightContextTests : IDisposable
{
    private readonly ImageMemory _image = ImageMemory.Load(HeapImageBuilder.Build(
        new HeapContext([new HeapScript("image.js", "globalThis.who = 'default'")]),
        [new HeapContext([new HeapScript("image.js", "globalThis.who = 'first'; const own = who; globalThis.read = () => own")])]).Blob);

    private readonly V8Runtime _runtime;
    private readonly HomeEngine _home;

    public LightContextTests()
    {
        NativeV8.Detect(JsNativeMode.Auto).LightContexts.ShouldBeTrue();
        using var scope = NativeIsolates.From(_image, garbageBytes: 4 << 20);
        _runtime = new V8Runtime { EnableInterruptPropagation = true };
        _home = new HomeEngine(_runtime, scope.Isolate!);
    }

    public void Dispose()
    {
        _home.Dispose();
        _runtime.Dispose();
        _image.Dispose();
    }

    [Fact]
    public void CreateContext_ByIndex_IsThatOfTheImage()
    {
        using var web = _home.CreateContext(NativeContexts.Default);
        using var first = _home.CreateContext(0);
        using var plain = _home.CreateContext(NativeContexts.Plain);

        Evaluate(web, "who").ShouldBe("default");
        Evaluate(first, "who + read()").ShouldBe("firstfirst");
        Evaluate(plain, "typeof who").ShouldBe("undefined");
        Evaluate(_home.Own, "typeof who").ShouldBe("undefined");
    }

    [Theory]
    [InlineData("this === globalThis && this.mark")]
    [InlineData("(0, eval)('globalThis.mark')")]
    [InlineData("new Function('return this.mark')()")]
    [InlineData("(() => { try { null.x } catch (e) { return e instanceof TypeError && mark } })()")]
    [InlineData("[] instanceof Array && mark")]
    public void Evaluate_WhateverAsksForGlobals_GetsTheContextsOwn(string code)
    {
        using var first = _home.CreateContext(NativeContexts.Plain);
        using var second = _home.CreateContext(NativeContexts.Plain);
        first.Execute(new DocumentInfo("mark.js"), "globalThis.mark = 1; let here = 'first'");
        second.Execute(new DocumentInfo("mark.js"), "globalThis.mark = 2; let here = 'second'");

        Evaluate(first, code).ShouldBe(1);
        Evaluate(second, code).ShouldBe(2);
        Evaluate(first, "here").ShouldBe("first");
        Evaluate(_home.Own, "typeof here + typeof mark").ShouldBe("undefinedundefined");
    }

    [Fact]
    public void Execute_ThatThrows_LeavesNoTargetBehind()
    {
        using var context = _home.CreateContext(NativeContexts.Plain);

        Should.Throw<ScriptEngineException>(() => context.Execute(new DocumentInfo("bad.js"), "globalThis.mark = ;"));
        Should.Throw<ScriptEngineException>(() => context.Execute(new DocumentInfo("bad.js"), "null.x"));

        Evaluate(_home.Own, "globalThis.mark = 7").ShouldBe(7);
        Evaluate(context, "typeof mark").ShouldBe("undefined");
    }

    [Fact]
    public void Interrupt_AmongMicrotasks_LeavesTheNeighboursQueues()
    {
        using var neighbour = _home.CreateContext(NativeContexts.Plain);
        neighbour.Execute(new DocumentInfo("n.js"), "globalThis.steps = 0; globalThis.gate = Promise.withResolvers(); gate.promise.then(() => { steps++ }).then(() => { steps++ })");
        for (var i = 0; i < 3; i++)
        {
            using var offender = _home.CreateContext(NativeContexts.Plain);
            using var timer = new Timer(_ => offender.Interrupt(), null, TimeSpan.FromMilliseconds(20), Timeout.InfiniteTimeSpan);
            Should.Throw<ScriptInterruptedException>(() => Evaluate(offender, "(async () => { for (;;) await null })()"));
        }

        neighbour.Execute(new DocumentInfo("n.js"), "gate.resolve()");

        Evaluate(neighbour, "steps").ShouldBe(2);
    }

    [Fact]
    public void Contexts_ThatComeAndGoWithGarbage_AreCollectedAndNeverMixedUp()
    {
        const int rounds = 300;
        const int mostLive = 4;
        var live = new Queue<(ContextEngine Context, int Number, ScriptObject Step)>();
        using var script = _runtime.Compile("globalThis.n = 0; const junk = Array.from({ length: 2000 }, (_, i) => ({ i })); (by) => { Promise.resolve().then(() => { n += by }).then(() => { n += junk.length }) }");
        using var read = _runtime.Compile("this.n");
        for (var i = 0; i < rounds; i++)
        {
            var context = _home.CreateContext((i % 3) - 2);
            var step = (ScriptObject)context.Evaluate(script);
            context.Native!.LetGo();
            live.Enqueue((context, i, step));
            foreach (var (other, number, run) in live)
            {
                other.Invoke(run, number);
            }

            if (live.Count > mostLive)
            {
                var (oldest, number, run) = live.Dequeue();
                oldest.Evaluate(read).ShouldBe((number + 2000) * (mostLive + 1));
                run.Dispose();
                oldest.Dispose();
            }
        }

        while (live.TryDequeue(out var last))
        {
            last.Step.Dispose();
            last.Context.Dispose();
        }

        _home.CreateContext(NativeContexts.Plain).Dispose();
        _runtime.CollectGarbage(exhaustive: true);
        // A context with its junk takes some 300 KB: of three hundred none is left.
        ((long)_runtime.GetHeapInfo().UsedHeapSize).ShouldBeLessThan(8L << 20);
    }

    private object Evaluate(ContextEngine context, string code)
    {
        using var script = _runtime.Compile(code);
        return context.Evaluate(script);
    }
}
