namespace JsRun.AspNetCore.Tests.Threats;

/// <summary>An attack.</summary>
/// <param name="Name">Its name: the row of the threat table.</param>
/// <param name="Attack">The body of an async function with <c>request</c> and <c>env</c>.</param>
/// <param name="Outcomes">What the client may get: the type of a problem, or the body of a response.</param>
internal sealed record Threat(string Name, string Attack, params string[] Outcomes)
{
    private static readonly string[] Time = ["timeout"];
    private static readonly string[] Memory = ["memory-limit"];
    private static readonly string[] Failure = ["script-error"];

    public string Code =>
        $$"""
        const hoard = [];
        export default {
          async fetch(request, env) {
            if (new URL(request.url).search !== '?attack') return new Response('fine');
            {{Attack}}
          },
        };
        """;

    public static IReadOnlyList<Threat> All { get; } =
    [
        new("01-host-exception", "throw { hostException: 1 };", Failure),
        new("02-loop", "for (;;) {}", Time),
        new("03-microtasks", "const next = () => Promise.resolve().then(next); next(); for (;;) await 0;", Time),
        new("04-finally", "const again = () => { try { for (;;) {} } finally { again(); } }; again();", Time),
        new("05-regex", "/^(a+)+$/.test('a'.repeat(40) + 'b'); return new Response('matched');", Time),
        new("06-wasm-loop", "const bytes = Uint8Array.of(0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,7,5,1,1,102,0,0,10,9,1,7,0,3,64,12,0,11,11); new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports.f();", Time),
        new("07-finalizers", "const registry = new FinalizationRegistry(() => { for (;;) {} }); for (let i = 0; i < 1000; i++) registry.register({}, i); return new Response('ended');", "ended"),
        new("08-wasm-continuation", "await WebAssembly.compile(Uint8Array.of(0,97,115,109,1,0,0,0)).then(() => { for (;;) {} });", Time),
        new("09-atomics", "let type = 'none'; try { Atomics.waitAsync(new Int32Array(new SharedArrayBuffer(4)), 0, 0); type = 'waits'; } catch {} return new Response(type);", "none"),
        new("11-looping-proxy", "return new Proxy({}, { get() { for (;;) {} } });", Time),
        new("12-thrown-proxy", "throw new Proxy({}, { get() { for (;;) {} }, getPrototypeOf() { for (;;) {} } });", [.. Time, .. Failure]),
        new("12-prepare-stack", "Error.prepareStackTrace = () => { for (;;) {} }; throw new Error('x');", [.. Time, .. Failure]),
        new("16-builtin", "Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);", Time),
        new("17-recursion", "const deep = () => deep() + 1; try { deep(); } catch (e) { return new Response(e.name); }", "RangeError"),
        new("17-nested-json", "try { JSON.parse('['.repeat(1e6)); } catch (e) { return new Response(e.name); }", "RangeError", "SyntaxError", "timeout"),
        new("17-proxies", "let p = {}; for (let i = 0; i < 1e5; i++) p = new Proxy(p, {}); try { p.x; return new Response('read'); } catch (e) { return new Response(e.name); }", "RangeError"),
        new("18-heap", "for (;;) hoard.push({ a: [hoard.length] });", [.. Memory, .. Time]),
        new("19-heap-burst", "for (;;) hoard.push(new Array(1e6).fill(hoard.length));", [.. Memory, .. Time]),
        new("23-buffers", "try { for (;;) hoard.push(new ArrayBuffer(1 << 24)); } catch (e) { return new Response(e.name); }", "RangeError", "memory-limit"),
        new("24-resizable", "try { const b = new ArrayBuffer(1, { maxByteLength: 2 ** 31 }); b.resize(2 ** 31); return new Response('grew'); } catch (e) { return new Response('refused'); }", "refused"),
        new("24-wasm-memory", "try { const m = new WebAssembly.Memory({ initial: 1 }); m.grow(30000); return new Response('grew'); } catch (e) { return new Response('refused'); }", [.. Memory, "refused"]),
        new("27-eval", "let made = 'none'; for (const f of [() => eval('1'), () => new Function('return 1')(), () => (async () => {}).constructor('return 1')()]) try { await f(); made = 'made'; } catch {} return new Response(made);", "none"),
        new("28-console", "for (let i = 0; i < 40; i++) console.log('x'.repeat(1 << 20)); return new Response('logged');", "logged"),
        new("30-reflection", "const seen = []; for (const key of Reflect.ownKeys(globalThis)) { const v = globalThis[key]; if (v && (v.GetType || v.Method || v.hostException)) seen.push(String(key)); } return new Response(seen.join() || 'nothing');", "nothing"),
        new("33-engine-internal", "const found = ['EngineInternal', 'host', 'clr', 'process', 'require'].filter((n) => n in globalThis); return new Response(found.join() || 'nothing');", "nothing"),
        new("34-patched", "Object.prototype.then = function (r) { for (;;) {} }; Array.prototype[Symbol.iterator] = null; Function.prototype.call = null; return new Response('patched');", [.. Time, .. Failure, "patched"]),
        new("35-pollution", "Object.prototype.stolen = 'yes'; Response.prototype.text = null; JSON.parse = null; return new Response('polluted');", "polluted", "script-error"),
        new("38-import", "try { await import('file:///etc/passwd'); return new Response('read'); } catch (e) { return new Response('refused'); }", "refused"),
        new("38-network", "try { await fetch('http://169.254.169.254/latest/meta-data'); return new Response('read'); } catch (e) { return new Response('refused'); }", "refused"),
        new("b1-match", "try { 'x'.repeat(2 ** 28).match(/x/g); } catch (e) { return new Response(e.name); }", "RangeError"),
        new("b1-split", "try { 'abc'.repeat(2 ** 27).split(''); } catch (e) { return new Response(e.name); }", "RangeError"),
    ];
}
