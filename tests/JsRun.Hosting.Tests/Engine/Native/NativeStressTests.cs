using JsRun.Engine.Isolates;
using JsRun.Engine.Native;
using JsRun.Engine.Native.Images;
using Microsoft.ClearScript;
using Microsoft.ClearScript.V8;
using Microsoft.ClearScript.V8.FastProxy;

namespace JsRun.Hosting.Tests.Engine.Native;

/// <summary>Everything of the native layer at once: threads, isolates from several images and plain ones, contexts that come and go, garbage, interrupts, rejections. A crash ends this process.</summary>
[Collection(StressCollection.Name)]
public sealed class NativeStressTests
{
    private const V8ScriptEngineFlags Flags = V8ScriptEngineFlags.DisableGlobalMembers;
    private const int Threads = 4;
    private const int IsolatesPerThread = 6;
    private const int ContextsPerIsolate = 20;
    private const int MostLive = 5;

    private static readonly NativeCapabilities Capabilities = NativeV8.Detect(JsNativeMode.Auto);

    [Fact]
    public async Task Isolates_ManyThreadsImagesAndInterrupts_NothingCrossesAndNothingCrashes()
    {
        var images = Enumerable.Range(0, 3).Select(n => ImageMemory.Load(HeapImageBuilder.Build(
            Context($"globalThis.who = 'default{n}'; globalThis.ballast = Array.from({{ length: {n * 1000} }}, (_, i) => ({{ i }}));"),
            [Context($"globalThis.who = 'first{n}'; class P {{ #v = {n}; get v() {{ return this.#v }} }}; globalThis.p = new P();"), Context($"globalThis.who = 'second{n}'")]).Blob)).ToArray();
        var tasks = Enumerable.Range(0, Threads).Select(t => Task.Factory.StartNew(() => Work(images, t), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default));

        await Task.WhenAll(tasks).WaitAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);

        foreach (var image in images)
        {
            image.Dispose();
            // Every isolate has given its reference back. ClearScript may hold one for a task that it has queued.
            await Eventually.HoldsAsync(() => image.IsFreed);
        }
    }

    private static HeapContext Context(string code) => new([new HeapScript("image.js", code)]);

    private static void Work(ImageMemory[] images, int seed)
    {
        // The same on every run, and different on every thread.
        var choice = seed;
        for (var i = 0; i < IsolatesPerThread; i++)
        {
            var number = (choice + i) % (images.Length + 1);
            UseIsolate(number < images.Length ? images[number] : null, number, ref choice);
        }
    }

    private static void UseIsolate(ImageMemory? image, int number, ref int choice)
    {
        V8Runtime runtime;
        using (NativeIsolates.From(image))
        {
            runtime = new V8Runtime(new V8RuntimeConstraints { MaxOldSpaceSize = 256 }) { EnableInterruptPropagation = true };
        }

        using (runtime)
        {
            var live = new Queue<(V8ScriptEngine Engine, NativeContext Context)>();
            for (var i = 0; i < ContextsPerIsolate; i++)
            {
                choice = ((choice * 1103515245) + 12345) & int.MaxValue;
                var index = (choice >> 8) % 3 - 1;
                var (engine, context) = CreateContext(runtime, index, ownQueue: choice % 4 != 0);
                engine.Evaluate("String(globalThis.who)").ShouldBe(image is null ? "undefined" : $"{(index < 0 ? "default" : index == 0 ? "first" : "second")}{number}");
                Exercise(engine, context);
                if (context.Queue is { IsNull: false } && choice % 3 == 0)
                {
                    Interrupt(engine, context);
                    // What it still wants done is never done: its queue goes with it.
                    End(engine, context);
                }
                else
                {
                    live.Enqueue((engine, context));
                }

                while (live.Count > MostLive)
                {
                    var oldest = live.Dequeue();
                    End(oldest.Engine, oldest.Context);
                    if (choice % 5 == 0)
                    {
                        runtime.CollectGarbage(exhaustive: true);
                    }
                }

                foreach (var (neighbour, _) in live)
                {
                    neighbour.Execute("globalThis.z = 0; Promise.resolve().then(() => { z = 1 })");
                    neighbour.Evaluate("z").ShouldBe(1);
                }
            }

            foreach (var (engine, context) in live)
            {
                End(engine, context);
            }
        }
    }

    private static (V8ScriptEngine Engine, NativeContext Context) CreateContext(V8Runtime runtime, int index, bool ownQueue)
    {
        using var scope = NativeContexts.At(index, ownQueue);
        var engine = runtime.CreateScriptEngine(Flags);
        var context = scope.Context.ShouldNotBeNull();
        engine.Global.SetProperty("attach", new V8FastHostFunction("attach", 0, (bool _, in V8FastArgs _, in V8FastResult result) => result.Set((int)KernelBridge.Attach(context, Capabilities))));
        engine.Global.SetProperty("identity", new V8FastHostFunction("identity", 0, (bool _, in V8FastArgs _, in V8FastResult result) => result.Set(context.ReadOperation())));
        engine.Execute("globalThis.journal = globalThis.__jsrunNative = [globalThis.importer = (m) => Promise.resolve(m)]; attach(); globalThis.frames = journal.slice(); journal.length = 0;");
        return (engine, context);
    }

    private static void Exercise(V8ScriptEngine engine, NativeContext context)
    {
        NativeContexts.Entered = context;
        engine.Execute("""
            globalThis.steps = 0;
            const [get, set] = frames;
            const run = async (id) => {
              set([id]);
              for (let i = 0; i < 20; i++) {
                await null;
                steps += get()[0] === id ? 1 : 1000;
                const garbage = [];
                for (let j = 0; j < 200; j++) garbage.push({ j, text: 'x' + j });
                if (i % 5 === 0) Promise.reject({ i });
                try { await (async () => { throw i })() } catch { }
              }
            };
            run(1); set(undefined); run(2); set(undefined);
            """);
        NativeContexts.Entered = null;
        engine.Evaluate("steps").ShouldBe(40);
        context.TakeRejections().ShouldBe(8);
    }

    private static void Interrupt(V8ScriptEngine engine, NativeContext context)
    {
        var looping = new ManualResetEventSlim();
        engine.Global.SetProperty("loops", new V8FastHostFunction("loops", 0, (bool _, in V8FastArgs _, in V8FastResult result) =>
        {
            looping.Set();
            result.SetUndefined();
        }));
        var interrupting = Task.Run(() =>
        {
            looping.Wait();
            engine.Interrupt();
        });
        NativeContexts.Entered = context;
        Should.Throw<ScriptInterruptedException>(() => engine.Execute("Promise.resolve().then(() => { loops(); for (;;); }); for (let i = 0; i < 100; i++) Promise.resolve(i).then(() => { globalThis.never = 1 })"));
        NativeContexts.Entered = null;
        interrupting.Wait(TimeSpan.FromSeconds(30)).ShouldBeTrue();
        looping.Dispose();
    }

    private static void End(V8ScriptEngine engine, NativeContext context)
    {
        engine.Dispose();
        context.Abandon();
    }
}
