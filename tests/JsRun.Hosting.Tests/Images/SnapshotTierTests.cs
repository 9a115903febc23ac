using System.Security.Cryptography;

namespace JsRun.Hosting.Tests.Images;

/// <summary>Snapshots in both tiers: runtimes find the same, whether V8's heap is restored or the scripts run again.</summary>
public sealed class SnapshotTierTests
{
    private static readonly Dictionary<string, (string Script, string Expression, string Answer)> Cases = new()
    {
        ["closure"] = ("globalThis.next = (() => { let n = 0; return () => ++n; })(); next();", "next() + next()", "5"),
        ["class instance"] = ("class Point { #x; constructor(x) { this.#x = x; } get x() { return this.#x; } } globalThis.point = new Point(3); globalThis.Point = Point;", "[point.x, point instanceof Point]", "3,true"),
        ["typed array"] = ("globalThis.bytes = new Uint8Array([1, 2, 3]); globalThis.many = new Float64Array(5000).fill(1.5); globalThis.grown = new ArrayBuffer(2, { maxByteLength: 8 }); grown.resize(4);", "[bytes, many[4999], grown.byteLength]", "1,2,3,1.5,4"),
        ["suspended generator"] = ("globalThis.steps = (function* () { let n = 0; while (true) n += (yield n) ?? 1; })(); steps.next(); steps.next();", "[steps.next().value, steps.next(5).value]", "2,7"),
        ["lexical globals"] = ("let counter = 1; const fixed = 2; class Kept { static value = 3; }", "(counter++, [counter, fixed, Kept.value])", "2,2,3"),
        ["var and function"] = ("var declared = 1; function twice(n) { return 2 * n; }", "twice(declared)", "2"),
        ["collections"] = ("globalThis.map = new Map([['a', new Set([1])]]);", "map.get('a').has(1)", "true"),
        ["settled microtasks"] = ("globalThis.done = 0; (async () => { await null; await null; done = 1; })();", "done", "1"),
        ["pending promise"] = ("globalThis.gate = Promise.withResolvers(); globalThis.after = gate.promise.then((v) => { globalThis.passed = v; });", "(gate.resolve(4), 0)", "0"),
        ["web layer"] = ("globalThis.url = new URL('http://a/b?c=1'); globalThis.request = new Request(url);", "[url.searchParams.get('c'), request.url]", "1,http://a/b?c=1"),
        ["formats"] = ("globalThis.money = new Intl.NumberFormat('en', { style: 'currency', currency: 'USD' });", "money.format(2)", "$2.00"),
        ["suspended asynchronous generator"] = ("globalThis.ticks = (async function* () { let n = 0; while (true) yield ++n; })(); ticks.next();", "(await ticks.next()).value", "2"),
        ["waiting asynchronous function"] = ("globalThis.open = null; globalThis.opened = (async () => 1 + await new Promise((resolve) => { open = resolve; }))();", "(open(2), await opened)", "3"),
        ["half-read iterator"] = ("globalThis.left = [1, 2, 3][Symbol.iterator](); left.next(); globalThis.entries = new Map([[1, 2]]).entries();", "[[...left], [...entries]]", "2,3,1,2"),
        ["inheritance"] = ("class Base { static #made = 0; static count() { return Base.#made; } constructor() { Base.#made++; } } globalThis.Base = Base; globalThis.derived = new (class Derived extends Base { get [Symbol.toStringTag]() { return 'derived'; } })();", "[derived instanceof Base, Base.count(), derived]", "true,1,[object derived]"),
        ["keys and references"] = ("globalThis.key = Symbol('k'); globalThis.object = { [key]: 1, [Symbol.for('s')]: 2 }; globalThis.weak = new WeakMap([[object, 3]]); globalThis.reference = new WeakRef(object);", "[object[key], object[Symbol.for('s')], weak.get(object), reference.deref() === object]", "1,2,3,true"),
        ["numbers and expressions"] = ("globalThis.big = 2n ** 70n; globalThis.word = /\\w+/g; word.exec('one two'); globalThis.bound = function (n) { return this.n + n; }.bind({ n: 1 });", "[big, word.exec('one two')[0], bound(2), Object.is(-0, globalThis.zero ?? -0)]", "1180591620717411303424,two,3,true"),
        ["frozen and proxied"] = ("globalThis.fixed = Object.freeze({ a: [1] }); globalThis.proxy = new Proxy(fixed, { get: (target, name) => name in target ? Reflect.get(target, name) : name }); ", "[Object.isFrozen(fixed), proxy.a, proxy.other]", "true,1,other"),
        ["overlapping views"] = ("globalThis.buffer = new ArrayBuffer(8); globalThis.low = new Uint8Array(buffer, 0, 4); globalThis.all = new DataView(buffer); low[3] = 1;", "[all.getUint32(0), low.buffer === all.buffer, new BigInt64Array(buffer).length]", "1,true,1"),
        ["listeners and streams"] = ("globalThis.target = new EventTarget(); globalThis.heard = 0; target.addEventListener('x', () => heard++); globalThis.stream = new ReadableStream({ start(c) { c.enqueue('a'); c.close(); } });", "(target.dispatchEvent(new Event('x')), [heard, (await stream.getReader().read()).value])", "1,a"),
        ["console"] = ("console.log('told')", "1", "1"),
        ["nothing"] = ("", "typeof eval + typeof SharedArrayBuffer + typeof WebAssembly.Module + typeof new Error('x').stack", "functionfunctionfunctionstring"),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Runtime_FromASnapshotOfEitherTier_FindsTheSame(string name)
    {
        var (script, expression, answer) = Cases[name];
        foreach (var tier in new[] { JsImageTier.Replay, JsImageTier.Heap })
        {
            await using var host = await TestHost.StartAsync(o => o.Images.Tier = Enum.Parse<JsImageMode>(tier.ToString()));
            var snapshot = await host.Runtimes.CreateSnapshotBuilder().AddScript("case.js", script).BuildAsync(Token);
            snapshot.Tier.ShouldBe(tier, snapshot.TierReason);
            for (var i = 0; i < 2; i++)
            {
                await using var runtime = await host.Runtimes.CreateAsync(new JsRuntimeOptions { Snapshot = JsSnapshot.Load(snapshot.ToArray()) }, Token);
                (await runtime.EvaluateAsync<string>($"(async () => String({expression}))()", cancellationToken: Token)).ShouldBe(answer, $"{tier}");
            }
        }
    }

    [Theory]
    [InlineData("globalThis.now = Date.now()", "reads the clock")]
    [InlineData("setTimeout(() => {}, 1)", "starts a timer")]
    [InlineData("globalThis.shared = new SharedArrayBuffer(1)", "SharedArrayBuffer")]
    public async Task BuildAsync_WhatNoHeapImageCanHold_IsReplayedAndSaysWhy(string script, string reason)
    {
        await using var host = await TestHost.StartAsync(o => o.Images.Tier = JsImageMode.Auto);
        var snapshot = await host.Runtimes.CreateSnapshotBuilder().AddScript("case.js", script).BuildAsync(Token);

        snapshot.Tier.ShouldBe(JsImageTier.Replay);
        snapshot.TierReason.ShouldNotBeNull().ShouldContain(reason);
        await using var runtime = await host.Runtimes.CreateAsync(new JsRuntimeOptions { Snapshot = snapshot }, Token);
        (await runtime.EvaluateAsync<int>("1", cancellationToken: Token)).ShouldBe(1);
    }

    [Fact]
    public async Task BuildAsync_HeapWanted_RefusesWhatCannotBeOne()
    {
        await using var host = await TestHost.StartAsync(o => o.Images.Tier = JsImageMode.Heap);

        var error = await Should.ThrowAsync<JsSnapshotException>(async () => await host.Runtimes.CreateSnapshotBuilder().AddScript("case.js", "Math.random()").BuildAsync(Token));

        error.Message.ShouldContain("Math.random");
        error.Message.ShouldContain("JsRun:Images:Tier");
    }

    [Fact]
    public async Task BuildAsync_ScriptThatThrows_IsTheSameErrorInBothTiers()
    {
        foreach (var tier in new[] { JsImageTier.Replay, JsImageTier.Heap })
        {
            await using var host = await TestHost.StartAsync(o => o.Images.Tier = Enum.Parse<JsImageMode>(tier.ToString()));

            var error = await Should.ThrowAsync<JavaScriptException>(async () => await host.Runtimes.CreateSnapshotBuilder().AddScript("broken.js", "\nnull.x").BuildAsync(Token));

            error.Name.ShouldBe("TypeError", $"{tier}");
            error.JsMessage.ShouldContain("null");
            (error.Frames[0].FileName, error.Frames[0].LineNumber, error.Frames[0].ColumnNumber).ShouldBe(("broken.js", 2, 6));
        }
    }

    [Fact]
    public async Task CreateAsync_HeapSnapshotWithoutTheNativeLayer_IsReplayed()
    {
        byte[] bytes;
        await using (var host = await TestHost.StartAsync(o => o.Images.Tier = JsImageMode.Heap))
        {
            bytes = (await host.Runtimes.CreateSnapshotBuilder().AddScript("n.js", "globalThis.n = 7").BuildAsync(Token)).ToArray();
        }

        await using var other = await TestHost.StartAsync(o =>
        {
            o.Images.Tier = JsImageMode.Auto;
            o.Engine.Native = JsNativeMode.Off;
        });
        await using var runtime = await other.Runtimes.CreateAsync(new JsRuntimeOptions { Snapshot = JsSnapshot.Load(bytes) }, Token);

        (await runtime.EvaluateAsync<int>("n", cancellationToken: Token)).ShouldBe(7);
    }

    [Fact]
    public async Task BuildAsync_ScriptThatThrowsOnlyWhileAnImageIsBuilt_NamesScriptAndPlace()
    {
        await using var host = await TestHost.StartAsync(o => o.Images.Tier = JsImageMode.Auto);
        var snapshot = await host.Runtimes.CreateSnapshotBuilder().AddScript("late.js", "\n  if (new Error('x').stack === undefined) throw new RangeError('no stack');").BuildAsync(Token);

        snapshot.Tier.ShouldBe(JsImageTier.Replay);
        snapshot.TierReason.ShouldNotBeNull().ShouldContain("RangeError: no stack (late.js:2:");
    }

    [Fact]
    public async Task CreateAsync_ManyFromAHeapSnapshot_HaveTimeAndChanceOfTheirOwn()
    {
        await using var host = await TestHost.StartAsync(o => o.Images.Tier = JsImageMode.Heap);
        var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var snapshot = await host.Runtimes.CreateSnapshotBuilder().AddScript("n.js", "globalThis.state = { n: 0 }; globalThis.look = () => [Math.random(), crypto.randomUUID(), performance.timeOrigin, ++state.n].join(' ');").BuildAsync(Token);
        List<string[]> answers = [];
        for (var i = 0; i < 4; i++)
        {
            await using var runtime = await host.Runtimes.CreateAsync(new JsRuntimeOptions { Snapshot = snapshot }, Token);
            answers.Add((await runtime.EvaluateAsync<string>("look()", cancellationToken: Token))!.Split(' '));
        }

        answers.Select(a => a[0]).ShouldBeUnique();
        answers.Select(a => a[1]).ShouldBeUnique();
        answers.Select(a => a[2]).ShouldBeUnique();
        answers.ShouldAllBe(a => double.Parse(a[2], System.Globalization.CultureInfo.InvariantCulture) >= before);
        answers.Select(a => a[3]).ShouldAllBe(n => n == "1");
    }

    [Fact]
    public async Task CreateAsync_HeapSnapshotOfAnotherMachine_IsReplayedAndLogged()
    {
        await using var host = await TestHost.StartAsync(o => o.Images.Tier = JsImageMode.Heap);
        var own = (await host.Runtimes.CreateSnapshotBuilder().AddScript("mine.js", "globalThis.n = 7").BuildAsync(Token)).File;
        // Another identity before bytes that V8 must never see.
        var foreign = JsSnapshot.Load((own with { Payload = RandomNumberGenerator.GetBytes(own.Payload.Length) }).ToBytes());

        await using var runtime = await host.Runtimes.CreateAsync(new JsRuntimeOptions { Snapshot = foreign }, Token);

        (await runtime.EvaluateAsync<int>("n", cancellationToken: Token)).ShouldBe(7);
        host.Logs.Entries.Count(e => e.Id == 157).ShouldBe(1);
        host.Logs.Entries.ShouldContain(e => e.Id == 157 && e.Message.Contains("mine.js", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Load_DamagedHeapSnapshot_IsRefused()
    {
        await using var host = await TestHost.StartAsync(o => o.Images.Tier = JsImageMode.Heap);
        var bytes = (await host.Runtimes.CreateSnapshotBuilder().AddScript("n.js", "globalThis.n = 7").BuildAsync(Token)).ToArray();

        for (var at = 0; at < bytes.Length; at += Math.Max(1, bytes.Length / 200))
        {
            var damaged = (byte[])bytes.Clone();
            damaged[at] ^= 0x10;
            Should.Throw<JsSnapshotException>(() => JsSnapshot.Load(damaged), $"byte {at}");
            Should.Throw<JsSnapshotException>(() => JsSnapshot.Load(bytes.AsSpan(0, at)), $"{at} bytes");
        }
    }

    /// <summary>What docs/snapshots.md says.</summary>
    [Theory]
    [InlineData(JsImageTier.Replay, "string")]
    [InlineData(JsImageTier.Heap, "undefined")]
    public async Task Stack_OfAnErrorFromTheScripts_DiffersByTier(JsImageTier tier, string type)
    {
        await using var host = await TestHost.StartAsync(o => o.Images.Tier = Enum.Parse<JsImageMode>(tier.ToString()));
        var snapshot = await host.Runtimes.CreateSnapshotBuilder().AddScript("e.js", "globalThis.early = new Error('early')").BuildAsync(Token);
        await using var runtime = await host.Runtimes.CreateAsync(new JsRuntimeOptions { Snapshot = snapshot }, Token);

        (await runtime.EvaluateAsync<string>("typeof early.stack", cancellationToken: Token)).ShouldBe(type);
        (await runtime.EvaluateAsync<string>("typeof new Error('late').stack", cancellationToken: Token)).ShouldBe("string");
    }
}
