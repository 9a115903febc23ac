namespace JsRun.Hosting.Tests.Images;

/// <summary>What a function's top level left behind is the same in each tier.</summary>
public sealed class TierTests : IAsyncLifetime
{
    private static readonly Dictionary<string, (string Top, string Expression, string Answer)> Cases = new()
    {
        ["closure"] = ("const make = (n) => () => ++n; const next = make(1);", "next() + next()", "5"),
        ["class"] = ("class A { #x = 1; static made = 0; constructor() { A.made++; } get x() { return this.#x; } } const a = new A();", "[a.x, A.made, a instanceof A]", "1,1,true"),
        ["generator"] = ("function* count() { let n = 0; for (;;) yield n++; } const numbers = count(); numbers.next();", "[numbers.next().value, numbers.next().value]", "1,2"),
        ["collections"] = ("const key = {}; const map = new Map([[key, 1]]); const set = new Set([1, 1]); const weak = new WeakMap([[key, 2]]);", "[map.get(key), set.size, weak.get(key)]", "1,1,2"),
        ["bytes"] = ("const bytes = new Uint8Array([1, 2]); const large = new Float64Array(10000).fill(0.5); const view = new DataView(bytes.buffer);", "[bytes, large[9999], view.getUint16(0)]", "1,2,0.5,258"),
        ["numbers"] = ("const big = 2n ** 100n; const zero = -0; const none = NaN;", "[big, Object.is(zero, -0), none]", "1267650600228229401496703205376,true,NaN"),
        ["regular expression"] = ("const word = /\\w+/g; word.exec('one two');", "word.exec('one two')[0]", "two"),
        ["symbols"] = ("const mine = Symbol('a'); const shared = Symbol.for('b'); const o = { [mine]: 1, [shared]: 2 };", "[o[mine], o[Symbol.for('b')], mine.description]", "1,2,a"),
        ["proxy"] = ("const proxy = new Proxy({}, { get: (_, key) => `got ${String(key)}` });", "proxy.x", "got x"),
        ["frozen"] = ("const frozen = Object.freeze({ a: 1 });", "Object.isFrozen(frozen)", "true"),
        ["date"] = ("const date = new Date(86400000);", "date.toISOString()", "1970-01-02T00:00:00.000Z"),
        ["error"] = ("class Mine extends Error { name = 'Mine' } const error = new Mine('m', { cause: 1 });", "[String(error), error.cause, error instanceof Mine]", "Mine: m,1,true"),
        ["settled await"] = ("const value = await Promise.resolve(3); let later; Promise.resolve().then(() => { later = 4; });", "[value, later]", "3,4"),
        ["pending promise"] = ("let open; const gate = new Promise((resolve) => { open = resolve; }); const after = gate.then((v) => v + 1);", "(open(1), await after)", "2"),
        ["global"] = ("globalThis.mine = { a: 1 };", "mine.a", "1"),
        ["web objects"] = ("const base = new URL('http://a/b?c=1'); const headers = new Headers({ x: '1' }); const text = new TextEncoder().encode('ä'); const gone = AbortSignal.abort();", "[base.searchParams.get('c'), headers.get('x'), text.length, gone.aborted]", "1,1,2,true"),
        ["prepared response"] = ("const ready = Response.json({ a: 1 });", "await ready.clone().text()", "{\"a\":1}"),
        ["event target"] = ("const target = new EventTarget(); let seen = 0; target.addEventListener('x', () => { seen++; });", "(target.dispatchEvent(new Event('x')), seen)", "1"),
        ["formats"] = ("const money = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' }); const list = new Intl.ListFormat('en'); const { compare } = new Intl.Collator('en');", "[money.format(1.5), list.format(['a', 'b']), ['b', 'a'].sort(compare)]", "€1.50,a and b,a,b"),
        ["global event target"] = ("let heard = 0; addEventListener('x', () => { heard++; });", "(dispatchEvent(new Event('x')), heard, globalThis instanceof EventTarget)", "true"),
    };

    private HeapApp _heap = null!;
    private FunctionApp _replay = null!;
    private FunctionApp _hardened = null!;

    public static TheoryData<string> Names => [.. Cases.Keys];

    public async ValueTask InitializeAsync()
    {
        _heap = await HeapApp.StartAsync(cache: TestTier.CachePath);
        _replay = await FunctionApp.StartAsync(o => o.Images.Tier = JsImageMode.Replay);
        _hardened = await FunctionApp.StartAsync(o => o.Images.Tier = JsImageMode.Hardened);
    }

    public async ValueTask DisposeAsync()
    {
        await _heap.DisposeAsync();
        await _replay.DisposeAsync();
        await _hardened.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task TopLevel_InAllTiers_LeavesTheSame(string name)
    {
        var (top, expression, answer) = Cases[name];
        var body = $"return new Response(String({expression}));";
        var replayed = await _replay.HandleAsync(body, top: top);
        var restored = await _heap.HandleAsync(body, top);
        var hardened = await _hardened.HandleAsync(body, top: top);

        replayed.Tier.ShouldBe(JsImageTier.Replay);
        hardened.Tier.ShouldBe(JsImageTier.Hardened);
        for (var i = 0; i < 3; i++)
        {
            (await replayed.GetAsync()).ShouldBe(answer);
            (await restored.GetAsync()).ShouldBe(answer);
            (await hardened.GetAsync()).ShouldBe(answer);
        }
    }
}
