using JsRun.Runtimes;

namespace JsRun.Hosting.Tests.Engine;

/// <summary>What user code can reach.</summary>
public sealed class SurfaceTests(SharedFunctionApp shared) : IClassFixture<SharedFunctionApp>
{
    private const string Language = """
        AggregateError Array ArrayBuffer AsyncDisposableStack BigInt BigInt64Array BigUint64Array Boolean DataView Date DisposableStack Error EvalError FinalizationRegistry Float16Array Float32Array
        Float64Array Function Infinity Int16Array Int32Array Int8Array Intl Iterator JSON Map Math NaN Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set String SuppressedError Symbol
        SharedArrayBuffer SyntaxError Temporal TypeError URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet WebAssembly decodeURI decodeURIComponent encodeURI encodeURIComponent escape
        Atomics eval globalThis isFinite isNaN parseFloat parseInt undefined unescape
        """;

    private const string Web = """
        AbortController AbortSignal AsyncContext Blob BroadcastChannel ByteLengthQueuingStrategy Cache CacheStorage CloseEvent CompressionStream CountQueuingStrategy Crypto CryptoKey CustomEvent DOMException DecompressionStream ErrorEvent Event EventSource EventTarget File
        FormData Headers MessageChannel MessageEvent MessagePort Navigator Performance PerformanceEntry PerformanceMark PerformanceMeasure PerformanceObserver PerformanceObserverEntryList PromiseRejectionEvent QuotaExceededError ReadableByteStreamController ReadableStream ReadableStreamBYOBReader
        ReadableStreamBYOBRequest ReadableStreamDefaultController ReadableStreamDefaultReader Request Response SubtleCrypto TextDecoder TextDecoderStream TextEncoder TextEncoderStream TransformStream
        TransformStreamDefaultController URL URLPattern URLSearchParams WebSocket WritableStream WritableStreamDefaultController WritableStreamDefaultWriter atob btoa clearInterval clearTimeout
        caches console crypto fetch navigator onerror onrejectionhandled onunhandledrejection performance queueMicrotask reportError self setInterval setTimeout structuredClone
        """;

    // ClearScript's own, which cannot be deleted: EngineInternal_IsHarmless looks into it.
    private const string Engine = "EngineInternal";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(JsSurface.Contained)]
    [InlineData(JsSurface.Full)]
    [Trait("Upstream", "2.17: the globals are on a list")]
    public async Task GlobalThis_OwnNames_AreOnTheList(JsSurface surface)
    {
        await using var runtime = await shared.App.Host.Runtimes.CreateAsync(new JsRuntimeOptions { Surface = surface }, Token);

        var names = (await runtime.EvaluateAsync<string[]>("Reflect.ownKeys(globalThis).filter((k) => typeof k === 'string')", Token)).ShouldNotBeNull();

        names.Except($"{Language} {Web} {Engine}".Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ShouldBeEmpty();
        names.ShouldContain("fetch");
    }

    [Theory]
    [InlineData(JsSurface.Contained)]
    [InlineData(JsSurface.Full)]
    public async Task GlobalThis_NamesOfEcma429_AreAllThere(JsSurface surface)
    {
        const string Names = """
            AbortController AbortSignal Event EventTarget CustomEvent ErrorEvent MessageChannel MessageEvent MessagePort PromiseRejectionEvent DOMException Headers Request Response FormData Blob File
            CompressionStream DecompressionStream ByteLengthQueuingStrategy CountQueuingStrategy ReadableByteStreamController ReadableStream ReadableStreamBYOBReader ReadableStreamBYOBRequest
            ReadableStreamDefaultController ReadableStreamDefaultReader TransformStream TransformStreamDefaultController WritableStream WritableStreamDefaultController WritableStreamDefaultWriter
            TextDecoder TextDecoderStream TextEncoder TextEncoderStream URL URLSearchParams URLPattern Crypto CryptoKey SubtleCrypto Performance WebAssembly.Global WebAssembly.Instance WebAssembly.Memory
            WebAssembly.Module WebAssembly.Table WebAssembly.Tag WebAssembly.Exception WebAssembly.CompileError WebAssembly.LinkError WebAssembly.RuntimeError atob btoa clearTimeout clearInterval
            navigator.userAgent onerror onunhandledrejection onrejectionhandled queueMicrotask reportError self setTimeout setInterval structuredClone fetch console crypto performance globalThis
            WebAssembly.compile WebAssembly.compileStreaming WebAssembly.instantiate WebAssembly.instantiateStreaming WebAssembly.JSTag WebAssembly.validate
            """;
        await using var runtime = await shared.App.Host.Runtimes.CreateAsync(new JsRuntimeOptions { Surface = surface }, Token);

        var missing = await runtime.EvaluateAsync<string[]>(
            $$"""
            {{System.Text.Json.JsonSerializer.Serialize(Names)}}.split(/\s+/).filter((name) => {
              let holder = globalThis;
              for (const part of name.split('.')) {
                if (!(part in Object(holder))) return true;
                holder = holder[part];
              }
              return false;
            })
            """,
            Token);

        missing.ShouldBe([]);
    }

    [Theory]
    [InlineData(JsSurface.Contained)]
    [InlineData(JsSurface.Full)]
    public async Task GlobalThis_EventsOfEcma429_FireAndCallTheHandlers(JsSurface surface)
    {
        await using var runtime = await shared.App.Host.Runtimes.CreateAsync(new JsRuntimeOptions { Surface = surface }, Token);

        (await runtime.EvaluateAsync<string>(
            """
            (async () => {
              const seen = [];
              for (const type of ['error', 'unhandledrejection', 'rejectionhandled']) {
                addEventListener(type, (event) => { seen.push(type, event.constructor.name); event.preventDefault(); });
                globalThis[`on${type}`] = () => { seen.push(`on${type}`); };
              }
              const turn = () => new Promise((resolve) => { setTimeout(resolve, 1); });
              reportError(new Error('mine'));
              const rejected = Promise.reject(new Error('mine'));
              await turn();
              rejected.catch(() => {});
              await turn();
              return `${seen.join()} ${navigator.userAgent}`;
            })()
            """,
            Token).AsTask().InTime()).ShouldBe("error,ErrorEvent,onerror,unhandledrejection,PromiseRejectionEvent,onunhandledrejection,rejectionhandled,PromiseRejectionEvent,onrejectionhandled JsRun");
    }

    [Theory]
    [InlineData(JsSurface.Contained)]
    [InlineData(JsSurface.Full)]
    public async Task GlobalThis_PrototypeChain_IsThatOfAnEventTarget(JsSurface surface)
    {
        await using var runtime = await shared.App.Host.Runtimes.CreateAsync(new JsRuntimeOptions { Surface = surface }, Token);

        (await runtime.EvaluateTextAsync(
            """
            const seen = [];
            addEventListener('x', function (e) { seen.push(this === globalThis, e.target === globalThis); });
            dispatchEvent(new Event('x'));
            [globalThis instanceof EventTarget, globalThis.constructor === Object, Object.hasOwn(globalThis, 'addEventListener'), typeof addEventListener, ...seen].join();
            """,
            cancellationToken: Token)).Text.ShouldBe("true,true,false,function,true,true");
    }

    [Theory]
    [InlineData(JsSurface.Contained)]
    [InlineData(JsSurface.Full)]
    public async Task GlobalThis_Walk_FindsNoHostFunctionAndNothingOfTheKernel(JsSurface surface)
    {
        await using var runtime = await shared.App.Host.Runtimes.CreateAsync(new JsRuntimeOptions { Surface = surface }, Token);

        var found = await runtime.EvaluateAsync<string[]>(
            """
            (() => {
              const seen = new Set(), found = [], queue = [['globalThis', globalThis]];
              while (queue.length > 0) {
                const [path, value] = queue.pop();
                if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) continue;
                seen.add(value);
                let text = '';
                try { text = typeof value === 'function' ? Function.prototype.toString.call(value) : ''; } catch { }
                if (/__jsrun|bindHost/.test(path) || /host\(\d/.test(text)) found.push(path);
                try { queue.push([path + '.__proto__', Object.getPrototypeOf(value)]); } catch { }
                for (const key of Reflect.ownKeys(value)) {
                  let d;
                  try { d = Reflect.getOwnPropertyDescriptor(value, key); } catch { continue; }
                  if (!d) continue;
                  const at = path + '.' + String(key);
                  if ('value' in d) { if (String(key) === 'host') found.push(at); queue.push([at, d.value]); }
                  else { queue.push([at + '<get>', d.get]); queue.push([at + '<set>', d.set]); }
                }
              }
              return seen.size > 500 ? found.filter((p) => !p.startsWith('globalThis.URL')) : ['only ' + seen.size];
            })()
            """,
            Token);

        // Source text of the web layer names its host function; the function itself must be nowhere.
        found.ShouldNotBeNull().Where(p => p.EndsWith(".host", StringComparison.Ordinal) || p.Contains("__jsrun", StringComparison.Ordinal) || p.StartsWith("only", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(JsSurface.Contained)]
    [InlineData(JsSurface.Full)]
    public async Task EngineInternal_Reached_IsHarmless(JsSurface surface)
    {
        await using var runtime = await shared.App.Host.Runtimes.CreateAsync(new JsRuntimeOptions { Surface = surface }, Token);

        (await runtime.EvaluateAsync<string>("typeof globalThis.__jsrun", Token)).ShouldBe("undefined");
        (await runtime.EvaluateAsync<bool>("typeof EngineInternal === 'undefined' || Object.isFrozen(EngineInternal) || !Reflect.set(EngineInternal, 'x', 1)", Token)).ShouldBeTrue();

        // Calling all there is, with hostile arguments, gives no code from strings, and neither process nor runtime ends.
        await runtime.EvaluateTextAsync(
            """
            if (typeof EngineInternal !== 'undefined') {
              for (const key of Reflect.ownKeys(EngineInternal)) {
                for (const args of [[], [{ hostException: 1 }], ['globalThis.pwned = 1'], [() => { throw { hostException: 1 } }], [globalThis, 'eval', 1]]) {
                  try { EngineInternal[key](...args) } catch { }
                }
              }
            }
            0
            """,
            cancellationToken: Token);
        (await runtime.EvaluateAsync<string>("typeof pwned", Token)).ShouldBe("undefined");
        (await runtime.EvaluateAsync<int>("1 + 1", Token)).ShouldBe(2);
    }

    [Theory]
    [InlineData("eval('1')")]
    [InlineData("(0, eval)('1')")]
    [InlineData("globalThis.eval('1')")]
    [InlineData("Function('return 1')()")]
    [InlineData("new Function('return 1')()")]
    [InlineData("(() => {}).constructor('return 1')()")]
    [InlineData("(async () => {}).constructor('return 1')()")]
    [InlineData("(function* () {}).constructor('yield 1')()")]
    [InlineData("(async function* () {}).constructor('yield 1')()")]
    [InlineData("Object.getPrototypeOf(async function* () {}).constructor('yield 1')()")]
    [InlineData("Object.getPrototypeOf((async () => {}).constructor)('return 1')()")]
    [InlineData("Reflect.construct(Function, ['return 1'])()")]
    [InlineData("Reflect.construct(Function, ['return 1'], Array)()")]
    [InlineData("Reflect.construct(Object, [], Function)('return 1')")]
    [InlineData("Reflect.apply(Function, undefined, ['return 1'])()")]
    [InlineData("Function.bind(null, 'return 1')()()")]
    [InlineData("new (Function.bind(null, 'return 1'))()()")]
    [InlineData("new (class extends Function { })('return 1')()")]
    [InlineData("new (class extends (async () => {}).constructor { })('return 1')()")]
    [InlineData("Function.call(null, 'return 1')()")]
    [InlineData("new Proxy(Function, {})('return 1')()")]
    [InlineData("[].constructor.constructor('return 1')()")]
    [InlineData("Response.constructor('return 1')()")]
    [InlineData("fetch.constructor('return 1')()")]
    [InlineData("request.constructor.constructor('return 1')()")]
    [InlineData("ctx.waitUntil.constructor('return 1')()")]
    [InlineData("EngineInternal.constructor.constructor('return 1')()")]
    [InlineData("import('data:text/javascript,export default 1')")]
    [InlineData("setTimeout('1')")]
    [InlineData("setInterval('1')")]
    [InlineData("setTimeout({ toString() { return '1' } })")]
    public async Task CodeFromStrings_AnyRoad_Throws(string code)
    {
        var function = await shared.App.HandleAsync($"try {{ await ({code}); return new Response('ran'); }} catch (e) {{ return new Response(e.name); }}");

        (await function.GetAsync()).ShouldBeOneOf("EvalError", "ReferenceError", "TypeError");
    }

    [Fact]
    public async Task CodeFromStrings_EnginesOwnFunctions_LeadToNoConstructor()
    {
        var function = await shared.App.HandleAsync(
            """
            const found = [];
            if (typeof EngineInternal !== 'undefined') {
              const visit = (value, path) => {
                if (typeof value !== 'function' && typeof value !== 'object' || value === null) return;
                for (const holder of [value, Object.getPrototypeOf(value)]) {
                  const made = holder?.constructor;
                  for (const candidate of [made, made && Object.getPrototypeOf(made), made?.constructor]) {
                    try { if (typeof candidate === 'function' && candidate('return 42')() === 42) found.push(path); } catch { }
                  }
                }
              };
              for (const key of Reflect.ownKeys(EngineInternal)) visit(EngineInternal[key], String(key));
            }
            return Response.json(found);
            """);

        (await function.GetAsync()).ShouldBe("[]");
    }
}
