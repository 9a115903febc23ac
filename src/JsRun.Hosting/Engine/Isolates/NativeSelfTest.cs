using JsRun.Engine.Native;
using JsRun.Engine.Native.Binding;
using JsRun.Engine.Native.Inspection;
using Microsoft.ClearScript;
using Microsoft.ClearScript.V8;
using Microsoft.ClearScript.V8.FastProxy;

namespace JsRun.Engine.Isolates;

/// <summary>Tries each capability on an isolate of its own before anything relies on it.</summary>
internal sealed class NativeSelfTest(V8Api v8) : IDisposable
{
    private const int OldSpaceMebibytes = 77;
    private const V8ScriptEngineFlags Flags = V8ScriptEngineFlags.DisableGlobalMembers;

    private readonly NativeIsolateScope _scope = NativeIsolates.From(null);
    private readonly V8Runtime _runtime = new(new V8RuntimeConstraints { MaxOldSpaceSize = OldSpaceMebibytes });

    /// <summary>The hook of isolates is called, and their parameters are laid out as expected.</summary>
    public void Isolates()
    {
        Expect(_scope.Isolate is not null, "the hook of Isolate::Initialize was not called");
        Expect(_scope.Parameters is { MaxOldGenerationSize: OldSpaceMebibytes * (nint)1048576, InitialOldGenerationSize: 0, SnapshotBlob.IsNull: true, ArrayBufferAllocator.IsNull: true, SharedArrayBufferAllocator.IsNull: false }, $"Isolate::CreateParams is laid out otherwise ({_scope.Parameters})");
        Expect(NativeIsolates.Find(_scope.Isolate!.Handle) == _scope.Isolate, "the isolate is not known");
    }

    /// <summary>Two contexts of an isolate have queues of their own, and one outlives the other's end.</summary>
    public void Queues()
    {
        using var first = CreateEngine(out var context);
        Settle(first);
        for (var i = 0; i < 2; i++)
        {
            using var other = CreateEngine(out var othersContext);
            Expect(othersContext.Queue != context.Queue, "two contexts have the same microtask queue");
            Settle(other);
            othersContext.Abandon();
        }

        Settle(first);
        context.Abandon();
    }

    /// <summary>A promise that is rejected reaches the journal, whatever its reason is; one that is handled at once does not.</summary>
    public void Rejections() => WithKernel(
        NativeCapabilities.None("") with { PromiseRejections = true },
        (engine, context) =>
        {
            engine.Execute("(async () => { try { await (async () => { throw 1 })() } catch { } })()");
            Expect(context.TakeRejections() == 0, "a handled promise is in the journal");
            engine.Execute("globalThis.late = Promise.reject(new Proxy({}, { get() { throw 1 } }))");
            engine.Execute("late.catch(() => { })");
            Expect(context.TakeRejections() == 0, "a promise that was handled in the next entry is in the journal");
            engine.Execute("globalThis.late = Promise.reject(7)");
            Expect(context.TakeRejections() == 1 && engine.Evaluate("journal[0] === 0 && journal[1] === late && journal[2] === 7") is true, "a rejected promise is not in the journal");
            engine.Execute("late.catch(() => { })");
            Expect(context.TakeRejections() == 1 && engine.Evaluate("journal[0] === 1 && journal[1] === late") is true, "a handled promise is not in the journal");
        });

    /// <summary>What is set is seen again after an await, and only there.</summary>
    public void Identity() => WithKernel(
        NativeCapabilities.None("") with { RequestIdentity = true },
        (engine, context) =>
        {
            engine.Global.SetProperty("who", new V8FastHostFunction("who", 0, (bool _, in V8FastArgs _, in V8FastResult result) => result.Set(context.ReadOperation())));
            engine.Execute("""
                const [get, set] = journal, seen = [];
                let open; const gate = new Promise((resolve) => { open = resolve });
                const run = async (id) => { set([id]); seen.push(who()); await null; seen.push(who()); await gate; seen.push(get()[0]); };
                run(1); set(undefined); run(2); set(undefined); seen.push(who());
                """);
            engine.Execute("open()");
            Expect(engine.Evaluate("seen.join()") is "1,2,0,1,2,1,2" && engine.Evaluate("who()") is 0, "V8 does not carry what was set along an await");
        });

    /// <summary>Text that imports asks the kernel's function, with the attributes, and gets its promise.</summary>
    public void Imports() => WithKernel(
        NativeCapabilities.None("") with { TextImports = true },
        (engine, _) =>
        {
            engine.Execute("(0, eval)(`import('m', { with: { type: 'json' } }).then((v) => { globalThis.imported = v })`)");
            Expect(engine.Evaluate("globalThis.imported") is "m,type,json", "import() in evaluated text does not reach the kernel");
        });

    /// <summary>ClearScript has set its hook, V8 does not have it, and what tasks settle goes on nevertheless.</summary>
    public void Promises()
    {
        Expect(_scope.Isolate is { PromiseHook.IsNull: false, RunningTasks: 0 }, "ClearScript has not set its hook of promises");
        using var engine = CreateEngine(out var context);
        Settle(engine);
        context.Abandon();
    }

    /// <summary>One microtask of three requests is ended: what else its request has queued is dropped, and the others' runs.</summary>
    public void Interrupts() => WithKernel(
        NativeCapabilities.None("") with { RequestIdentity = true },
        (engine, context) =>
        {
            const int looked = 7;
            var isolate = _scope.Isolate!;
            var told = 0L;
            isolate.Sample = number =>
            {
                if (isolate.SuspendedMicrotasks.Take(context))
                {
                    told = number + context.ReadOperation();
                    engine.Interrupt();
                }
            };
            engine.Global.SetProperty("look", new V8FastHostFunction("look", 0, (bool _, in V8FastArgs _, in V8FastResult result) =>
            {
                isolate.RequestSample(looked);
                result.SetUndefined();
            }));
            engine.Global.SetProperty("drop", new V8FastHostFunction("drop", 0, (bool _, in V8FastArgs _, in V8FastResult result) =>
            {
                isolate.SuspendedMicrotasks.Drop(context, static operation => operation == 2);
                result.SetUndefined();
            }));
            try
            {
                engine.Execute("""
                    const [, set] = journal, ran = [];
                    const queue = (id, run) => { set([id]); Promise.resolve().then(run).then(() => { ran.push(-id) }); };
                    queue(1, () => { ran.push(1) });
                    queue(2, () => { look(); for (;;) queue(2, () => { ran.push(2) }); });
                    queue(3, () => { ran.push(3) });
                    queue(2, () => { ran.push(2) });
                    set(undefined);
                    """);
            }
            catch (ScriptInterruptedException)
            {
                // As it is to be.
            }

            isolate.Sample = null;
            isolate.SuspendedMicrotasks.GiveBack();
            engine.Execute("drop()");
            Expect(told == looked + 2, "the script that runs cannot be looked at");
            Expect(engine.Evaluate("ran.join()") is "1,3,-1,-3", "an interrupt costs others their microtasks");
            Settle(engine);
        });

    /// <summary>Scripts and calls of an engine reach a context that is not its own, with globals and microtasks of that context; the engine's own sees nothing of it.</summary>
    public void LightContexts()
    {
        using var home = new HomeEngine(_runtime, _scope.Isolate!);
        using var first = home.CreateContext(NativeContexts.Plain);
        using var second = home.CreateContext(NativeContexts.Plain);
        using var script = _runtime.Compile("globalThis.steps = 0; (by) => { Promise.resolve().then(() => { this.steps += by }).then(() => { steps += by }) }");
        using var step = (ScriptObject)first.Evaluate(script);
        using var other = (ScriptObject)second.Evaluate(script);
        first.Invoke(step, 1);
        second.Invoke(other, 3);
        using var read = _runtime.Compile("this === globalThis && globalThis.steps");
        Expect(first.Evaluate(read) is 2 && second.Evaluate(read) is 6, "what a context is to run does not run in it");
        Expect(home.Own.Evaluate(read) is Undefined, "what a context runs is seen in another");
    }

    /// <summary>A debugger's message is answered, and says what a context evaluates.</summary>
    public void Inspection()
    {
        using var home = new HomeEngine(_runtime, _scope.Isolate!);
        var answer = "";
        home.Enter(() =>
        {
            using var inspector = new NativeInspector(v8, _scope.Isolate!.Handle, new NoInspectorHost(), () => home.Own.Native!.Local);
            inspector.AddContext(home.Own.Native!.Local, "test");
            using var session = inspector.Connect(message => answer = message);
            session.Dispatch("""{"id":7,"method":"Runtime.evaluate","params":{"expression":"6 * 7"}}""");
        });
        Expect(answer.Contains("\"id\":7", StringComparison.Ordinal) && answer.Contains("\"value\":42", StringComparison.Ordinal), "V8's inspector does not answer");
    }

    /// <summary>A class cannot add a private field to an object that is frozen.</summary>
    public void SealedPrivateNames()
    {
        using var engine = CreateEngine(out var context);
        const string script = """
            (() => {
              class Given { constructor(object) { return object; } }
              class Stamp extends Given { #mark = 1; static has(object) { return #mark in object; } }
              const open = {}, frozen = Object.freeze({});
              new Stamp(open);
              try { new Stamp(frozen); } catch (error) { return Stamp.has(open) && !Stamp.has(frozen) && error instanceof TypeError; }
              return false;
            })()
            """;
        Expect(engine.Evaluate(script) is true, "a private field can be added to a frozen object: V8's flag js_nonextensible_applies_to_private is not set");
        context.Abandon();
    }

    /// <summary>Globals that the kernel makes when they are first used, however that is, look like others.</summary>
    public void Lazies()
    {
        // Its neighbours in the parameters have been seen by the test of images.
        Expect(_scope.Parameters is { ExternalReferences.IsNull: true, AllowAtomicsWait: 1 }, $"Isolate::CreateParams is laid out otherwise ({_scope.Parameters})");
        using var engine = CreateEngine(out var context);
        Exception? error = null;
        engine.Global.SetProperty("define", new V8FastHostFunction("define", 0, (bool _, in V8FastArgs _, in V8FastResult result) =>
        {
            try
            {
                v8.Lazies.Define();
            }
            catch (Exception e)
            {
                error = e;
            }

            result.SetUndefined();
        }));
        engine.Execute("""
            globalThis.made = '';
            globalThis.__jsrun = () => { };
            __jsrun.lazies = [(name) => { made += name; if (name === 'bad') throw 1; return { name } }, 'lazy other bad', 'shown'];
            define();
            """);
        Expect(error is null, error?.Message ?? "");
        Expect(engine.Evaluate("__jsrun.lazies[0] === 0 && made === '' && 'lazy' in globalThis && Object.keys(globalThis).includes('shown')") is true, "V8 makes no lazy properties");
        Expect(engine.Evaluate("lazy.name + (lazy === globalThis['la' + 'zy']) + made") is "lazytruelazy", "a lazy global is not made when it is used");
        Expect(
            engine.Evaluate("(() => { const d = Object.getOwnPropertyDescriptor(globalThis, 'other'); return [d.value.name, d.writable, d.enumerable, d.configurable, made].join() })()") is "other,true,false,true,lazyother",
            "a lazy global does not look like an ordinary property");
        Expect(engine.Evaluate("(() => { try { bad } catch (e) { return e } })()") is 1, "what the making of a lazy global throws is lost");
        Expect(engine.Evaluate("shown = 2; shown + made") is "2lazyotherbad", "a lazy global cannot be replaced");
        context.Abandon();
    }

    public void Dispose()
    {
        _runtime.Dispose();
        _scope.Dispose();
    }

    // As the kernel does it.
    private void WithKernel(NativeCapabilities capabilities, Action<V8ScriptEngine, NativeContext> test)
    {
        using var engine = CreateEngine(out var context);
        Exception? error = null;
        engine.Global.SetProperty("attach", new V8FastHostFunction("attach", 0, (bool _, in V8FastArgs _, in V8FastResult result) =>
        {
            try
            {
                KernelBridge.Attach(context, capabilities);
            }
            catch (Exception e)
            {
                error = e;
            }

            result.SetUndefined();
        }));
        engine.Execute("globalThis.journal = globalThis.__jsrunNative = [globalThis.importer = (...a) => Promise.resolve(a.join())]; attach(); delete globalThis.__jsrunNative");
        Expect(error is null, error?.Message ?? "");
        NativeContexts.Entered = context;
        try
        {
            test(engine, context);
        }
        finally
        {
            NativeContexts.Entered = null;
            context.Abandon();
        }
    }

    private V8ScriptEngine CreateEngine(out NativeContext context)
    {
        using var scope = NativeContexts.At(NativeContexts.Default, ownQueue: true);
        var engine = _runtime.CreateScriptEngine(Flags);
        context = scope.Context ?? throw new NativeLayerException("the hook of Context::New was not called");
        return engine;
    }

    private static void Settle(V8ScriptEngine engine)
    {
        engine.Execute("globalThis.steps = 0; Promise.resolve().then(() => { steps++ }).then(() => { steps++ })");
        Expect(engine.Evaluate("steps") is 2, "microtasks do not run");
    }

    private static void Expect(bool condition, string error)
    {
        if (!condition)
        {
            throw new NativeLayerException(error);
        }
    }
}
