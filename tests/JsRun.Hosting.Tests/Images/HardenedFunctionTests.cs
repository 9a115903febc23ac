using Microsoft.Extensions.Options;

namespace JsRun.Hosting.Tests.Images;

/// <summary>Functions with a fresh instance for each request in a hardened context.</summary>
public sealed class HardenedFunctionTests
{
    // What holds of every object that a script can make: its prototypes and accessors are shared with all other instances.
    private const string Walk = """
        const bad = [], seen = new Set(), waiting = [];
        const isObject = (v) => typeof v === 'object' && v !== null || typeof v === 'function';
        const shared = (value, from) => { if (!isObject(value) || seen.has(value)) return; seen.add(value); if (!Object.isFrozen(value)) bad.push(from); waiting.push([value, from]); };
        const own = new Set([globalThis, console, performance]);
        const visit = (object, from) => {
          for (const key of Reflect.ownKeys(object)) {
            const d = Reflect.getOwnPropertyDescriptor(object, key), name = `${from}.${String(key)}`;
            if ('value' in d && !own.has(d.value)) shared(d.value, name);
            if (d.get !== undefined) { shared(d.get, `get ${name}`); try { const value = Reflect.apply(d.get, object, []); value?.catch?.(() => {}); if (!own.has(value) && typeof value === 'function') shared(value, name); } catch {} }
            shared(d.set, `set ${name}`);
          }
          shared(Object.getPrototypeOf(object), `${from}.__proto__`);
        };
        visit(globalThis, 'globalThis');
        for (const object of [console, performance]) { shared(Object.getPrototypeOf(Object.getPrototypeOf(object)), 'proto'); for (const key of Reflect.ownKeys(object)) shared(object[key], String(key)); }
        const error = new Error('x'), iterators = [[].values().map((x) => x), Iterator.from({ next() {} }), new Headers().entries(), new URLSearchParams().keys(), new FormData().values(), new ReadableStream().values(), ''.matchAll(/a/g), new Map().keys(), new Set().keys(), new Intl.Segmenter().segment('a'), new Intl.Segmenter().segment('a')[Symbol.iterator](), (function* () {})(), (async function* () {})(), (async () => {})];
        for (const [i, object] of [error, new DOMException('x'), new Event('x'), new Temporal_(), ...iterators].entries()) {
          for (const key of Reflect.ownKeys(object)) { const { get, set } = Reflect.getOwnPropertyDescriptor(object, key); shared(get, `${i}.get ${String(key)}`); shared(set, `${i}.set ${String(key)}`); }
          let first = Object.getPrototypeOf(object);
          // A generator has a prototype of its own function's.
          if (typeof object === 'object' && Symbol.toStringTag in object && /Generator/.test(object[Symbol.toStringTag])) first = Object.getPrototypeOf(first);
          shared(first, `${i}.__proto__`);
        }
        while (waiting.length > 0) visit(...waiting.pop());
        return Response.json({ bad: bad.slice(0, 20), count: seen.size });
        """;

    private static Task<FunctionApp> StartAsync(Action<JsRunOptions>? configure = null) => FunctionApp.StartAsync(o =>
    {
        o.Images.Tier = JsImageMode.Hardened;
        configure?.Invoke(o);
    });

    [Fact]
    public async Task Request_EachTime_HasAFreshInstance()
    {
        await using var app = await StartAsync();
        var function = await app.HandleAsync("globalThis.seen = (globalThis.seen ?? 0) + 1; return new Response(`${++count} ${seen} ${Object.keys(env).length}`);", top: "let count = 41;");

        function.Tier.ShouldBe(JsImageTier.Hardened);
        function.TierReason.ShouldBeNull();
        for (var i = 0; i < 5; i++)
        {
            (await function.GetAsync()).ShouldBe("42 1 0");
        }
    }

    [Fact]
    public async Task Globals_OfAHardenedContext_AreAllFrozen()
    {
        await using var app = await StartAsync();
        var function = await app.HandleAsync(Walk, top: "class Temporal_ { constructor() { return 'Temporal' in globalThis ? globalThis.Temporal.Now.instant() : new Date(); } }");

        var answer = await function.GetAsync();

        answer.ShouldStartWith("{\"bad\":[],\"count\":");
        int.Parse(answer.Split(':')[^1].TrimEnd('}'), System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(1000);
    }

    [Fact]
    public async Task BuiltinModules_OfAHardenedContext_AreFrozenAndWork()
    {
        await using var app = await StartAsync();
        var function = await app.HandleAsync(
            "const frozen = [AsyncLocalStorage, AsyncLocalStorage.prototype, AsyncResource, AsyncResource.prototype].every(Object.isFrozen); "
            + "const value = await storage.run(7, async () => { await null; return storage.getStore(); }); const other = new AsyncLocalStorage(); other.getStore = () => 8; "
            + "return new Response([frozen, value, storage.getStore(), other.getStore(), new AsyncResource('x').asyncId()].join());",
            top: "import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks'; const storage = new AsyncLocalStorage();");

        function.Tier.ShouldBe(JsImageTier.Hardened);
        (await function.GetAsync()).ShouldBe("true,7,,8,1");
        (await function.GetAsync()).ShouldBe("true,7,,8,1");
    }

    [Fact]
    public async Task Requests_ThatInterleave_DoNotSeeEachOther()
    {
        await using var app = await StartAsync();
        var function = await app.HandleAsync(
            "const name = url.pathname; globalThis.mine = name; own = name; console.mine = name; addEventListener('x', () => { heard += name; }); await new Promise((done) => { setTimeout(done, 30); }); "
            + "dispatchEvent(new Event('x')); return new Response([mine, globalThis.mine, own, console.mine, heard, setTimeout(() => {}, 1e6)].join());",
            top: "let own, heard = '';");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => function.GetAsync($"/{i}")));

        answers.ShouldBe(Enumerable.Range(0, 20).Select(i => $"/{i},/{i},/{i},/{i},/{i},2"));
    }

    [Fact]
    public async Task UnhandledRejection_OfARequest_IsToldToItAlone()
    {
        await using var app = await StartAsync();
        var function = await app.HandleAsync(
            "addEventListener('unhandledrejection', (e) => { e.preventDefault(); heard.push(e.reason); }); await new Promise((done) => { setTimeout(done, 20); }); "
            + "if (url.pathname === '/rejects') Promise.reject('mine'); await new Promise((done) => { setTimeout(done, 20); }); return new Response(heard.join());",
            top: "const heard = [];");

        var answers = await Task.WhenAll(function.GetAsync("/rejects"), function.GetAsync("/listens"), function.GetAsync("/rejects"));

        answers.ShouldBe(["mine", "", "mine"]);
    }

    [Fact]
    public async Task Timers_OfARequestThatHasEnded_DoNotRun()
    {
        await using var app = await StartAsync();
        var function = await app.HandleAsync("setTimeout(() => { console.log('late'); }, 5); setInterval(() => { console.log('late'); }, 5); return new Response('x');");
        var other = await app.HandleAsync("await new Promise((done) => { setTimeout(done, 50); }); return new Response('y');");

        await function.GetAsync();
        await other.GetAsync();
        await function.GetAsync();
        await other.GetAsync();

        app.Logs.Entries.ShouldNotContain(e => e.Message.Contains("late", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(JsImageMode.Hardened, 8)]
    [InlineData(JsImageMode.Replay, 1)]
    public async Task Timers_UpToTheLimitOfARequest_LeaveRoomForOtherRequestsAndForTasks(JsImageMode tier, int requests)
    {
        await using var app = await StartAsync(o =>
        {
            o.Images.Tier = tier;
            o.Limits.MaxTimers = 10;
        });
        var function = await app.HandleAsync(
            "let set = 0; try { for (;;) { setTimeout(() => {}, 1e6); set++; } } catch (e) { set += ' ' + e.name; } const { port1, port2 } = new MessageChannel(); await new Promise((done) => { port1.onmessage = done; port2.postMessage(1); }); return new Response(`${set}`);");

        var answers = await Task.WhenAll(Enumerable.Range(0, requests).Select(_ => function.GetAsync()));

        answers.ShouldAllBe(a => a == "10 RangeError");
    }

    [Fact]
    public async Task CompressionStreams_UpToTheLimitOfARequest_LeaveRoomForOtherRequests()
    {
        await using var app = await StartAsync(o =>
        {
            o.Limits.MaxCompressionStreams = 3;
            o.Pool.MaxIsolates = 1;
        });
        var function = await app.HandleAsync(
            "const all = [], failed = []; for (let i = 0; i < 10; i++) { const c = new CompressionStream('gzip'); const w = c.writable.getWriter(); all.push(c); c.readable.getReader().read().catch(() => {}); w.write(new Uint8Array(9)).catch((e) => { failed.push(e.name); }); } "
            + "await new Promise((done) => { setTimeout(done, 50); }); return new Response(String(all.length - failed.length));");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => function.GetAsync()));

        answers.ShouldAllBe(a => a == "3");
    }

    [Theory]
    [Trait("Clock", "real")]
    [InlineData("for (;;);")]
    [InlineData("await null; for (;;);")]
    [InlineData("const again = () => Promise.resolve().then(again); again(); await new Promise(() => {});")]
    public async Task Interrupt_OfOneRequest_CostsTheOthersNothing(string runaway)
    {
        await using var app = await StartAsync(o =>
        {
            o.Limits.CpuTime = TimeSpan.FromMilliseconds(300);
            o.Pool.MaxIsolates = 1;
        });
        var function = await app.HandleAsync($"if (url.pathname === '/runs') {{ {runaway} }} await new Promise((done) => {{ setTimeout(done, 100); }}); return new Response(`${{++count}}`);", top: "let count = 0;");
        await function.GetAsync();

        var neighbour = function.GetAsync("/waits");
        await Should.ThrowAsync<JsTimeoutException>(() => function.GetAsync("/runs"));

        (await neighbour).ShouldBe("1");
        (await function.GetAsync()).ShouldBe("1");
    }

    [Theory]
    [InlineData("Array.prototype.first = function () { return this[0]; };", "[7].first()", "7", "Array.prototype.first")]
    [InlineData("Error.stackTraceLimit = 50;", "Error.stackTraceLimit", "50", "Error.stackTraceLimit")]
    [InlineData("try { Object.prototype.mark = 1; } catch {}", "({}).mark", "1", "Object.prototype.mark")]
    [InlineData("Reflect.set(Response, 'mark', 1);", "Response.mark", "1", "Response.mark")]
    [InlineData("import { AsyncLocalStorage } from 'node:async_hooks'; Reflect.defineProperty(AsyncLocalStorage, 'mark', { value: 1 });", "AsyncLocalStorage.mark", "1", "AsyncLocalStorage.mark")]
    public async Task TopLevel_ThatChangesABuiltin_IsServedFromAContextOfItsOwn(string top, string expression, string answer, string name)
    {
        await using var app = await StartAsync();
        var function = await app.HandleAsync($"return new Response(String({expression}));", top: top);

        (await function.GetAsync()).ShouldBe(answer);
        function.Tier.ShouldNotBe(JsImageTier.Hardened);
        function.TierReason.ShouldNotBeNull().ShouldStartWith($"It cannot be served from a hardened context: its top level changes {name}.");
    }

    [Fact]
    public async Task TopLevel_ThatThrowsInAHardenedContextOnly_IsServedFromAContextOfItsOwn()
    {
        await using var app = await StartAsync();
        var function = await app.HandleAsync("return new Response('x');", top: "Array.prototype.at = Array.prototype.at;");

        (await function.GetAsync()).ShouldBe("x");
        function.Tier.ShouldNotBe(JsImageTier.Hardened);
        function.TierReason.ShouldNotBeNull().ShouldStartWith("It cannot be served from a hardened context: its top level threw there (");
    }

    [Theory]
    [InlineData("delete globalThis.fetch;", "typeof fetch + ('fetch' in globalThis) + (() => { try { return fetch; } catch (e) { return e.name; } })()", "undefinedfalseReferenceError")]
    [InlineData("let n = 0; Object.defineProperty(globalThis, 'atob', { get: () => ++n, configurable: true });", "[atob, atob, globalThis.atob]", "1,2,3")]
    [InlineData("setTimeout.call(undefined, function () { this['at' + 'ob'] = 1; }); await new Promise((done) => { setTimeout(done, 5); });", "atob", "1")]
    public async Task TopLevel_ThatRedefinesGlobals_SeesWhatItDid(string top, string expression, string answer)
    {
        await using var app = await StartAsync();
        var function = await app.HandleAsync($"return new Response(String({expression}));", top: top);

        function.Tier.ShouldBe(JsImageTier.Hardened, function.TierReason);
        for (var i = 0; i < 2; i++)
        {
            (await function.GetAsync()).ShouldBe(answer);
        }
    }

    [Theory]
    [InlineData("Array.prototype.first = () => 7; return new Response(String([].first()));", "7")]
    [InlineData("try { Object.defineProperty(Response, 'mark', { value: 7 }); } catch (e) { throw new Error('wrapped', { cause: e }); } return new Response(String(Response.mark));", "7")]
    public async Task Handler_ThatFailsOnAFrozenBuiltin_IsServedFromAContextOfItsOwnFromThen(string body, string answer)
    {
        await using var app = await StartAsync();
        var function = await app.HandleAsync(body);
        function.Tier.ShouldBe(JsImageTier.Hardened);

        await Should.ThrowAsync<JavaScriptException>(() => function.GetAsync());
        await app.Logs.WaitForAsync(e => e.Message.Contains("is no longer served from hardened contexts. It cannot be served from a hardened context: a request failed there (", StringComparison.Ordinal));

        function.Tier.ShouldNotBe(JsImageTier.Hardened);
        function.TierReason.ShouldNotBeNull().ShouldStartWith("It cannot be served from a hardened context: a request failed there (");
        (await function.GetAsync()).ShouldBe(answer);
    }

    [Theory]
    [InlineData("null.x")]
    [InlineData("(() => { throw new TypeError('is not a function'); })()")]
    public async Task Handler_ThatFailsOtherwise_StaysInHardenedContexts(string expression)
    {
        await using var app = await StartAsync();
        var function = await app.HandleAsync($"{expression}; return new Response();");

        await Should.ThrowAsync<JavaScriptException>(() => function.GetAsync());
        await Should.ThrowAsync<JavaScriptException>(() => function.GetAsync());

        function.Tier.ShouldBe(JsImageTier.Hardened);
    }

    [Fact]
    public async Task TopLevel_ThatThrowsInEveryContext_IsTheErrorOfTheDeployment()
    {
        await using var app = await StartAsync();
        var function = await app.TryDeployAsync("throw new Error('broken'); export default { fetch() {} };");

        function.State.ShouldBe(EdgeFunctionState.Failed);
        function.Error.ShouldNotBeNull().ShouldContain("broken");
    }

    [Fact]
    public async Task Modules_OfOneInstance_ShareItsGlobalObject()
    {
        await using var app = await StartAsync();
        app.Write("lib.js", "export const read = () => [typeof added, typeof fetch, globalThis.added, Array === globalThis.Array].join(); export function add() { globalThis.added = 1; fetch = 2; } let n = 0; export const next = () => ++n;");
        app.Write("data.json", "{\"a\":[1]}");
        var function = await app.HandleAsync(
            "data.a.push(2); const before = read(); add(); const { next: later } = await import('./' + 'lib.js'); return new Response([before, read(), typeof fetch, next(), later(), data.a.length].join(' '));",
            top: "import { read, add, next } from './lib.js'; import data from './data.json' with { type: 'json' };");

        for (var i = 0; i < 2; i++)
        {
            (await function.GetAsync()).ShouldBe("undefined,function,,true number,number,1,true number 1 2 2");
        }
    }

    [Fact]
    public async Task Deployment_OfANewVersion_ServesTheNewInstances()
    {
        await using var app = await StartAsync();
        var function = await app.HandleAsync("return new Response('one');", file: "f.js");
        (await function.GetAsync()).ShouldBe("one");

        app.Write("f.js", "export default { fetch() { return new Response('two'); } };");
        (await function.ReloadAsync(TestContext.Current.CancellationToken)).ShouldBeTrue();
        (await function.ReloadAsync(TestContext.Current.CancellationToken)).ShouldBeFalse();

        (await function.GetAsync()).ShouldBe("two");
        function.Tier.ShouldBe(JsImageTier.Hardened);
    }

    [Theory]
    [InlineData(JsIsolation.Shared, JsSurface.Contained)]
    [InlineData(JsIsolation.PerRequest, JsSurface.Full)]
    public async Task Start_OtherIsolationOrSurface_ServesFromOtherTiers(JsIsolation isolation, JsSurface surface)
    {
        await using var app = await StartAsync(o =>
        {
            o.Isolation = isolation;
            o.Surface = surface;
        });
        var function = await app.HandleAsync("Array.mark = 1; return new Response('x');");

        (await function.GetAsync()).ShouldBe("x");
        function.Tier.ShouldNotBe(JsImageTier.Hardened);
    }

    [Fact]
    public async Task Start_WithoutTheNativeLayer_StopsWithTheReason()
    {
        var error = await Should.ThrowAsync<OptionsValidationException>(() => StartAsync(o => o.Engine.Native = JsNativeMode.Off));

        error.Message.ShouldContain("JsRun:Images:Tier is 'Hardened', which is not possible here: choose Auto or Replay. ");
        error.Message.ShouldContain("JsRun:Engine:Native");
    }
}
