namespace JsRun.Hosting.Tests.Engine;

/// <summary>Invariant 4: what user code does to the intrinsics changes nothing of the trampoline, the bridge and the checks.</summary>
public sealed class PrimordialsTests
{
    private static readonly string[] Tamperings =
    [
        "Promise.prototype.then = () => { throw new Error('tampered') };",
        "Promise.prototype.then = function () { return this };",
        "Object.defineProperty(Promise, Symbol.species, { get() { throw 1 } });",
        "JSON.stringify = () => { throw 1 }; JSON.parse = () => { throw 1 };",
        "JSON.stringify = () => 'lies'; JSON.parse = () => ({});",
        "Function.prototype.call = Function.prototype.apply = Function.prototype.bind = () => { throw 1 };",
        "Map.prototype.get = Map.prototype.set = Map.prototype.has = Map.prototype.forEach = () => { throw 1 };",
        "Array.prototype[Symbol.iterator] = function* () { };",
        "for (const key of ['push', 'pop', 'shift', 'map', 'filter', 'join', 'slice', 'splice', 'indexOf', 'forEach']) Array.prototype[key] = () => { throw 1 };",
        "Object.defineProperty(Array.prototype, '0', { set() { throw 1 }, get() { return 'x' }, configurable: true });",
        "for (const key of ['apply', 'construct', 'defineProperty', 'getOwnPropertyDescriptor', 'ownKeys', 'getPrototypeOf', 'setPrototypeOf']) Reflect[key] = () => { throw 1 };",
        "for (const key of ['split', 'slice', 'indexOf', 'toLowerCase', 'charCodeAt', 'replace', 'replaceAll', 'trim']) String.prototype[key] = () => { throw 1 };",
        "Object.defineProperty(Uint8Array, Symbol.species, { get() { throw 1 } }); Uint8Array.prototype.set = Uint8Array.prototype.subarray = Uint8Array.prototype.slice = () => { throw 1 };",
        "RegExp.prototype.exec = () => { throw 1 }; RegExp.prototype.test = () => true;",
        "globalThis.Promise = globalThis.Uint8Array = globalThis.TypeError = globalThis.RangeError = globalThis.Object = globalThis.Reflect = globalThis.JSON = undefined;",
        "Object.prototype.get = () => 'x'; Object.prototype.set = () => { throw 1 }; Object.prototype.value = 1;",
        "Error.prepareStackTrace = () => { throw 1 }; Error.stackTraceLimit = 0;",
        "for (const key of ['assign', 'create', 'defineProperty', 'defineProperties', 'hasOwn', 'getPrototypeOf', 'setPrototypeOf', 'entries', 'keys']) Object[key] = () => { throw 1 };",
    ];

    public static TheoryData<string> All => [.. Tamperings];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Handler_TamperedIntrinsics_ErrorsAndLimitsHoldAndOthersAreUntouched(string tampering)
    {
        await using var app = await FunctionApp.StartAsync(o =>
        {
            o.Limits.MaxTimers = 3;
            o.Limits.MaxConsoleBytes = 64;
        });
        var function = await app.DeployAsync($$"""
            const { Error: E, Response: R } = globalThis;
            {{tampering}}
            export default {
              // Not request.url, whose getter is the web layer's.
              fetch(request, env, { requestId: path }) {
                if (path === '/throw') throw new E('the message');
                if (path === '/timers') { for (;;) setTimeout(() => {}, 60000); }
                if (path === '/nothing') return { status: 200 };
                return new R('answer');
              }
            }
            """);

        (await Should.ThrowAsync<JavaScriptException>(async () => await function.GetAsync("/throw"))).Message.ShouldContain("the message");
        (await Should.ThrowAsync<JavaScriptException>(async () => await function.GetAsync("/timers"))).Message.ShouldContain("JsRun:Limits:MaxTimers");
        await Should.ThrowAsync<JavaScriptException>(async () => await function.GetAsync("/nothing"));

        // The web layer's own libraries may break their own context: any answer, or an error, but never silence.
        if (await Record.ExceptionAsync(async () => await function.GetAsync("/answer")) is { } error)
        {
            error.ShouldBeOfType<JavaScriptException>();
        }

        (await (await app.EchoAsync()).GetAsync("/untouched")).ShouldBe("/untouched");
        await app.LeasesReturnedAsync();
    }
}
