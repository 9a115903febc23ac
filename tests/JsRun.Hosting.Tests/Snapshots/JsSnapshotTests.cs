using System.Security.Cryptography;

namespace JsRun.Hosting.Tests.Snapshots;

public sealed class JsSnapshotTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Upstream", "RT::test_snapshot_builder_roundtrip")]
    [Trait("Upstream", "2.15: snapshot bytes give 42")]
    public async Task BuildAsync_Global_IsThereInRuntimesFromIt()
    {
        await using var host = await TestHost.StartAsync();
        var snapshot = await host.Runtimes.CreateSnapshotBuilder().AddScript("answer.js", "globalThis.answer = 42").BuildAsync(Token);

        await using var runtime = await host.Runtimes.CreateAsync(new JsRuntimeOptions { Snapshot = snapshot }, Token);

        (await runtime.EvaluateAsync<int>("answer", cancellationToken: Token)).ShouldBe(42);
    }

    [Fact]
    public async Task Load_WhatWasWritten_GivesTheSame()
    {
        await using var host = await TestHost.StartAsync();
        var built = host.Runtimes.CreateSnapshotBuilder(new JsSnapshotOptions { Bootstrap = "globalThis.first = 1" }).AddScript("a.js", "globalThis.add = (() => { let n = first; return () => ++n; })()").Build(Token);
        using var stream = new MemoryStream();
        built.Write(stream);
        stream.Position = 0;

        var loaded = JsSnapshot.Load(stream);

        loaded.ToArray().ShouldBe(built.ToArray());
        loaded.Scripts.ShouldBe(["<bootstrap>", "a.js"]);
        (loaded.Tier, loaded.TierReason).ShouldBe((built.Tier, built.TierReason));
        await using var runtime = await host.Runtimes.CreateAsync(new JsRuntimeOptions { Snapshot = loaded }, Token);
        (await runtime.EvaluateAsync<int>("add(); add()", cancellationToken: Token)).ShouldBe(3);
    }

    [Fact]
    public async Task CreateAsync_ManyFromOne_AreIndependent()
    {
        await using var host = await TestHost.StartAsync();
        var snapshot = await host.Runtimes.CreateSnapshotBuilder().AddScript("n.js", "globalThis.state = { n: 0 }").BuildAsync(Token);
        var runtimes = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ => await host.Runtimes.CreateAsync(new JsRuntimeOptions { Snapshot = snapshot }, Token)));

        for (var i = 0; i < runtimes.Length; i++)
        {
            await runtimes[i].EvaluateAsync<int>($"state.n += {i}", cancellationToken: Token);
        }

        for (var i = 0; i < runtimes.Length; i++)
        {
            (await runtimes[i].EvaluateAsync<int>("state.n", cancellationToken: Token)).ShouldBe(i);
            await runtimes[i].DisposeAsync();
        }
    }

    [Fact]
    public async Task BuildAsync_Twice_IsRefused()
    {
        await using var host = await TestHost.StartAsync();
        var builder = host.Runtimes.CreateSnapshotBuilder();
        await builder.BuildAsync(Token);

        (await Should.ThrowAsync<InvalidOperationException>(async () => await builder.BuildAsync(Token))).Message.ShouldContain("Snapshot already built");
        Should.Throw<InvalidOperationException>(() => builder.AddScript("late.js", "1")).Message.ShouldContain("Snapshot already built");
    }

    [Fact]
    public async Task BuildAsync_ScriptThrows_TellsScriptAndPlace()
    {
        await using var host = await TestHost.StartAsync();

        var error = await Should.ThrowAsync<JavaScriptException>(async () =>
            await host.Runtimes.CreateSnapshotBuilder().AddScript("fine.js", "1").AddScript("broken.js", "\nnull.x").BuildAsync(Token));

        error.Name.ShouldBe("TypeError");
        error.ToString().ShouldContain("null");
    }

    [Theory]
    [InlineData("import x from 'y'")]
    [InlineData("export const x = 1")]
    [InlineData("import.meta.url")]
    public async Task BuildAsync_ModuleSyntax_IsRefusedWithAdvice(string source)
    {
        await using var host = await TestHost.StartAsync();

        var error = await Should.ThrowAsync<JsSnapshotException>(async () => await host.Runtimes.CreateSnapshotBuilder().AddScript("module.js", source).BuildAsync(Token));

        error.Message.ShouldContain("'module.js'");
        error.Message.ShouldContain("--format=iife");
    }

    [Theory]
    [Trait("Clock", "real")]
    [InlineData("for (;;);")]
    [InlineData("(async () => { for (;;) await null; })()")]
    public async Task BuildAsync_Endless_EndsAtTheTimeout(string source)
    {
        await using var host = await TestHost.StartAsync();

        await Should.ThrowAsync<JsTimeoutException>(async () =>
            await host.Runtimes.CreateSnapshotBuilder(new JsSnapshotOptions { Timeout = TimeSpan.FromMilliseconds(300) }).AddScript("loop.js", source).BuildAsync(Token).AsTask().InTime());
    }

    [Fact]
    public async Task BuildAsync_EatsMemory_EndsAtTheHeapLimit()
    {
        await using var host = await TestHost.StartAsync();

        await Should.ThrowAsync<JsMemoryLimitException>(async () => await host.Runtimes.CreateSnapshotBuilder(new JsSnapshotOptions { MaxHeapBytes = 32 << 20 })
            .AddScript("eat.js", "const a = []; for (;;) a.push({ a: 1, b: [1, 2, 3] })").BuildAsync(Token).AsTask().InTime());
    }

    [Theory]
    [InlineData("Symbol('no value that crosses')")]
    [InlineData("new Promise(() => {})")]
    [InlineData("'use strict'; const o = {}; o.self = o; o // the end")]
    public async Task BuildAsync_AnyCompletionValue_IsNoMatter(string source)
    {
        await using var host = await TestHost.StartAsync();

        (await host.Runtimes.CreateSnapshotBuilder().AddScript("value.js", source).BuildAsync(Token).AsTask().InTime()).Scripts.ShouldBe(["value.js"]);
    }

    [Fact]
    public async Task CreateAsync_OtherSurface_IsRefused()
    {
        await using var host = await TestHost.StartAsync();
        var snapshot = await host.Runtimes.CreateSnapshotBuilder(new JsSnapshotOptions { Surface = JsSurface.Contained }).AddScript("a.js", "globalThis.a = typeof eval + typeof SharedArrayBuffer").BuildAsync(Token);

        (await Should.ThrowAsync<ArgumentException>(async () => await host.Runtimes.CreateAsync(new JsRuntimeOptions { Snapshot = snapshot }, Token))).Message.ShouldContain("surface Contained");

        await using var runtime = await host.Runtimes.CreateAsync(new JsRuntimeOptions { Snapshot = snapshot, Surface = JsSurface.Contained }, Token);
        (await runtime.EvaluateAsync<string>("a + (a === typeof eval + typeof SharedArrayBuffer)", cancellationToken: Token)).ShouldBe("functionfunctiontrue");
    }

    [Fact]
    [Trait("Upstream", "2.17: garbage snapshot bytes")]
    public async Task Load_Garbage_IsRefusedWithTheReason()
    {
        await using var host = await TestHost.StartAsync();
        var bytes = (await host.Runtimes.CreateSnapshotBuilder().AddScript("a.js", "globalThis.a = 1").BuildAsync(Token)).ToArray();

        Message([]).ShouldContain("cannot be empty");
        Message(RandomNumberGenerator.GetBytes(200)).ShouldContain("not a snapshot");
        Message(bytes[..^1]).ShouldContain("damaged");
        Message(With(bytes, 8, 99)).ShouldContain("format 99");
        Message(With(bytes, bytes.AsSpan().IndexOf("ClearScript"u8), (byte)'D')).ShouldContain("was built with DlearScript");
        Message(With(bytes, bytes.AsSpan().IndexOf("a.js"u8), (byte)'b')).ShouldContain("damaged");
        for (var length = 0; length < bytes.Length; length++)
        {
            Message(bytes[..length]).ShouldNotBeNullOrEmpty();
        }
    }

    private static string Message(byte[] bytes) => Should.Throw<JsSnapshotException>(() => JsSnapshot.Load(bytes)).Message;

    private static byte[] With(byte[] bytes, int at, byte value)
    {
        var copy = (byte[])bytes.Clone();
        copy[at] = value;
        return copy;
    }
}
