namespace JsRun.Hosting.Tests.Limits;

/// <summary>MaxArrayBufferBytes, wherever the bytes lie: memories of WebAssembly and buffers that change their size.</summary>
public sealed class BufferLimitTests
{
    private const long Limit = 16 << 20;

    // (module (memory (export "m") 1) (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))
    private const string Growing = "new Uint8Array([0,97,115,109,1,0,0,0,1,6,1,96,1,127,1,127,3,2,1,0,5,3,1,0,1,7,12,2,1,109,2,0,4,103,114,111,119,0,0,10,8,1,6,0,32,0,64,0,11])";

    // (module (memory 1) (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))): nobody outside can see its memory.
    private const string Hidden = "new Uint8Array([0,97,115,109,1,0,0,0,1,6,1,96,1,127,1,127,3,2,1,0,5,3,1,0,1,7,8,1,4,103,114,111,119,0,0,10,8,1,6,0,32,0,64,0,11])";

    // (module (memory 30) … twenty times)
    private const string Many = "new Uint8Array([0,97,115,109,1,0,0,0,5,41,20,0,30,0,30,0,30,0,30,0,30,0,30,0,30,0,30,0,30,0,30,0,30,0,30,0,30,0,30,0,30,0,30,0,30,0,30,0,30,0,30])";

    private const string Loop = "const kept = []; let n = 0; try { for (; n < 40; n++) kept.push(make(n)); } catch (e) { return `${n} ${e.name} ${e.message}`; } return `all ${n}`;";

    public static TheoryData<JsNativeMode, JsIsolation> Paths => new(
        (JsNativeMode.Auto, JsIsolation.PerRequest), (JsNativeMode.Auto, JsIsolation.Shared), (JsNativeMode.Off, JsIsolation.PerRequest), (JsNativeMode.Off, JsIsolation.Shared));

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Memories_OfAFunction_CountTogether(JsNativeMode native, JsIsolation isolation)
    {
        await using var app = await StartAsync(native, isolation);
        var function = await app.HandleAsync($$"""
            const twice = (a, b) => { let n = 0; return { valueOf: () => n++ ? b : a }; };
            const tries = {
              new: () => run(() => new WebAssembly.Memory({ initial: 31 })),
              grow: () => run((n) => { const m = new WebAssembly.Memory({ initial: 1 }); m.grow(30); return m; }),
              instances: () => { const module = new WebAssembly.Module({{Hidden}}); return run(() => new WebAssembly.Instance(module)); },
              many: () => run(() => new WebAssembly.Instance(new WebAssembly.Module({{Many}}))),
              twice: () => `${new WebAssembly.Memory({ initial: twice(1, 200), maximum: twice(1, 65536) }).buffer.byteLength}`,
              cap: () => { const m = new WebAssembly.Memory({ initial: 1 }); m.grow(100); try { m.grow(200); } catch (e) { return `${m.buffer.byteLength} ${e.name}`; } },
              both: () => run((n) => n % 2 ? new ArrayBuffer(31 * 65536) : new WebAssembly.Memory({ initial: 31 })),
            };
            function run(make) { {{Loop}} }
            return new Response(tries[url.pathname.slice(1)]());
            """);

        (await function.GetAsync("/new")).ShouldBe("8 RangeError WebAssembly.Memory: 2031616 more bytes do not fit into MaxArrayBufferBytes (16777216 bytes for all)");
        (await function.GetAsync("/grow")).ShouldStartWith("8 RangeError WebAssembly.Memory");
        // Each takes a place in the address space, which counts with 256 KiB.
        (await function.GetAsync("/instances")).ShouldBe("all 40");
        (await function.GetAsync("/many")).ShouldStartWith("0 RangeError WebAssembly.Memory");
        (await function.GetAsync("/twice")).ShouldBe("65536");
        (await function.GetAsync("/both")).ShouldStartWith("8 RangeError");
        (await function.GetAsync("/cap")).ShouldBe($"{101 * 65536} RangeError");
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Memories_OfRequestsThatHaveEnded_AreCollectedFirst(JsNativeMode native, JsIsolation isolation)
    {
        await using var app = await StartAsync(native, isolation);
        var function = await app.HandleAsync("delete globalThis.kept; const m = globalThis.kept = new WebAssembly.Memory({ initial: 150 }); new Uint8Array(m.buffer).fill(1); return new Response('served');");

        for (var i = 0; i < 12; i++)
        {
            (await function.GetAsync()).ShouldBe("served");
        }
    }

    [Theory]
    [InlineData(JsNativeMode.Auto, JsIsolation.PerRequest, Growing)]
    [InlineData(JsNativeMode.Auto, JsIsolation.Shared, Hidden)]
    [InlineData(JsNativeMode.Off, JsIsolation.PerRequest, Hidden)]
    [InlineData(JsNativeMode.Off, JsIsolation.Shared, Growing)]
    public async Task Memories_GrownFromInside_EndTheRequestPastTheLimit(JsNativeMode native, JsIsolation isolation, string module)
    {
        await using var app = await StartAsync(native, isolation);
        var function = await app.HandleAsync($"""
            const module = new WebAssembly.Module({module});
            const instances = Array.from({'{'} length: Number(url.searchParams.get('n')) {'}'}, () => new WebAssembly.Instance(module));
            globalThis.kept = instances;
            let pages = 0;
            for (const instance of instances) while (pages < Number(url.searchParams.get('pages')) && instance.exports.grow(8) >= 0) pages += 8;
            if (url.pathname === '/later') await new Promise((resolve) => setTimeout(resolve));
            return new Response(`grown ${'{'}pages{'}'}`);
            """);

        (await function.GetAsync("/now?n=1&pages=200")).ShouldBe("grown 200");
        foreach (var path in new[] { "/now", "/later" })
        {
            var error = await Should.ThrowAsync<JsMemoryLimitException>(async () => await function.GetAsync($"{path}?n=2&pages=300"));

            error.Message.ShouldContain("than JsRun:Limits:MaxArrayBufferBytes allows (16 MiB)");
            await app.LeasesReturnedAsync();
            (await function.GetAsync("/now?n=1&pages=200")).ShouldBe("grown 200");
        }
    }

    [Fact]
    public async Task Memories_OfOneContext_GrowToEightTimesTheLimitAtMost()
    {
        await using var app = await StartAsync(JsNativeMode.Auto, JsIsolation.PerRequest);
        var function = await app.HandleAsync($$"""
            const module = new WebAssembly.Module({{Growing}});
            const instances = globalThis.kept = Array.from({ length: 30 }, () => new WebAssembly.Instance(module));
            let pages = 0;
            for (const instance of instances) while (instance.exports.grow(1) >= 0) pages++;
            console.log(`grown ${pages}`);
            return new Response('never seen');
            """);

        await Should.ThrowAsync<JsMemoryLimitException>(async () => await function.GetAsync());

        var line = app.Logs.Entries.Select(e => e.Message).First(m => m.Contains("grown ", StringComparison.Ordinal));
        int.Parse(line[(line.IndexOf("grown ", StringComparison.Ordinal) + 6)..], System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(1000, 8 * 256);
    }

    [Fact]
    public async Task Module_WithImportsAndMemories_ShowsAndGetsWhatItSays()
    {
        await using var app = await StartAsync(JsNativeMode.Auto, JsIsolation.PerRequest);
        // (module (import "a" "f" (func)) (memory (export "m") 1 2) (func (export "g") call 0))
        var function = await app.HandleAsync("""
            const module = new WebAssembly.Module(new Uint8Array([0,97,115,109,1,0,0,0,1,4,1,96,0,0,2,7,1,1,97,1,102,0,0,3,2,1,0,5,4,1,1,1,2,7,9,2,1,109,2,0,1,103,0,1,10,6,1,4,0,16,0,11]));
            const asked = [];
            const { exports } = new WebAssembly.Instance(module, { get a() { asked.push('a'); return { get f() { asked.push('f'); return () => { asked.push('called'); }; } }; } });
            exports.g();
            const errors = [undefined, 1, {}, { a: {} }].map((imports) => { try { return new WebAssembly.Instance(module, imports); } catch (e) { return e.name; } });
            return Response.json([WebAssembly.Module.imports(module), WebAssembly.Module.exports(module).map((e) => e.name), asked, exports.m.grow(1), errors]);
            """);

        (await function.GetAsync()).ShouldBe("""[[{"module":"a","name":"f","kind":"function"}],["m","g"],["a","f","called"],1,["TypeError","TypeError","TypeError","LinkError"]]""");
    }

    [Theory]
    [InlineData(JsNativeMode.Auto, true)]
    [InlineData(JsNativeMode.Off, true)]
    [InlineData(JsNativeMode.Auto, false)]
    [InlineData(JsNativeMode.Off, false)]
    public async Task Buffers_OfARuntime_CountTogether(JsNativeMode native, bool rented)
    {
        await using var host = await TestHost.StartAsync(o =>
        {
            o.Engine.Native = native;
            o.Limits.MaxArrayBufferBytes = rented ? Limit : 1L << 30;
        });
        await using var runtime = rented ? await host.Runtimes.RentAsync(TestContext.Current.CancellationToken)
            : await host.Runtimes.CreateAsync(new JsRuntimeOptions { MaxArrayBufferBytes = Limit }, TestContext.Current.CancellationToken);
        string? Run(string make) => runtime.Evaluate<string>($"(() => {{ const make = {make}; {Loop} }})()");

        Run("() => { const b = new ArrayBuffer(1, { maxByteLength: 4e8 }); b.resize(2e6); b.resize(4e6); return b; }").ShouldBe("4 RangeError ArrayBuffer: 1999999 more bytes do not fit into MaxArrayBufferBytes (16777216 bytes for all)");
        Run("() => new ArrayBuffer(4e6, { maxByteLength: 4e8 })").ShouldStartWith("4 RangeError");
        Run("() => new ArrayBuffer(1e6, { maxByteLength: 4e8 }).transfer(4e6)").ShouldStartWith("4 RangeError");
        Run("() => { const b = new SharedArrayBuffer(1, { maxByteLength: 4e8 }); b.grow(4e6); return b; }").ShouldStartWith("4 RangeError SharedArrayBuffer");
        Run("() => new SharedArrayBuffer(4e6, { maxByteLength: 4e8 })").ShouldStartWith("4 RangeError");
        Run("() => new WebAssembly.Memory({ initial: 60 })").ShouldStartWith("4 RangeError");
        Run("() => new WebAssembly.Memory({ initial: 60, maximum: 60, shared: true })").ShouldStartWith("4 RangeError");
        Run("() => structuredClone(new ArrayBuffer(3e6, { maxByteLength: 4e8 }))").ShouldStartWith("4 RangeError");
        Run("(n) => { const b = new ArrayBuffer(8e6, { maxByteLength: 8e6 }); b.resize(100); return b; }").ShouldBe("all 40");
        Run("(n) => { new ArrayBuffer(8e6, { maxByteLength: 8e6 }).transfer().transferToFixedLength(10); return 1; }").ShouldBe("all 40");
        runtime.Evaluate<string>("const b = new ArrayBuffer(8, { maxByteLength: 16 }); const a = new Uint8Array(b); b.resize(16); const s = new SharedArrayBuffer(8, { maxByteLength: 16 }); s.grow(16); `${a.length} ${b.resizable} ${s.growable} ${s.byteLength}`")
            .ShouldBe("16 true true 16");
    }

    [Fact]
    public async Task Memories_OfARuntime_GrownFromInsidePastTheLimit_EndIt()
    {
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(new JsRuntimeOptions { MaxArrayBufferBytes = Limit }, TestContext.Current.CancellationToken);
        runtime.Evaluate($"var make = () => new WebAssembly.Instance(new WebAssembly.Module({Growing})); var i = make();");
        runtime.Evaluate<int>("i.exports.grow(200)").ShouldBe(1);

        Should.Throw<JsMemoryLimitException>(() => runtime.Evaluate("make().exports.grow(100)")).Message.ShouldContain("than JsRuntimeOptions.MaxArrayBufferBytes allows (16 MiB)");

        runtime.IsClosed.ShouldBeTrue();
        Should.Throw<JsMemoryLimitException>(() => runtime.Evaluate("1"));
    }

    [Fact]
    public async Task StandIns_InspectedByScripts_EqualWhatTheyStandFor()
    {
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);

        runtime.Evaluate<string>("""
            [ArrayBuffer, ArrayBuffer.prototype.resize, ArrayBuffer.prototype.transfer, SharedArrayBuffer, SharedArrayBuffer.prototype.grow, WebAssembly.Memory, WebAssembly.Memory.prototype.grow,
              WebAssembly.Module, WebAssembly.Module.imports, WebAssembly.Instance, WebAssembly.compile, WebAssembly.instantiate, Function.prototype.toString]
              .map((f) => `${f.name} ${f.length} ${String(f) === `function ${f.name}() { [native code] }`} ${'prototype' in f}`).join('\n')
            """).ShouldBe("""
            ArrayBuffer 1 true true
            resize 1 true false
            transfer 0 true false
            SharedArrayBuffer 1 true true
            grow 1 true false
            Memory 1 true true
            grow 1 true false
            Module 1 true true
            imports 1 true false
            Instance 1 true true
            compile 1 true false
            instantiate 1 true false
            toString 0 true false
            """);
    }

    private static Task<FunctionApp> StartAsync(JsNativeMode native, JsIsolation isolation) => FunctionApp.StartAsync(o =>
    {
        o.Engine.Native = native;
        o.Isolation = isolation;
        o.Limits.MaxArrayBufferBytes = Limit;
        o.Pool.MaxIsolates = 1;
    });
}
