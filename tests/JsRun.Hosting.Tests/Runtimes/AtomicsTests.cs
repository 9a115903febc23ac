namespace JsRun.Hosting.Tests.Runtimes;

/// <summary><c>Atomics.waitAsync</c>, whose promise V8 settles by a task of its own, outside of any entry.</summary>
public sealed class AtomicsTests
{
    private const string Cell = "const cell = new Int32Array(new SharedArrayBuffer(8));";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(JsNativeMode.Auto)]
    [InlineData(JsNativeMode.Off)]
    public async Task WaitAsync_TimesOutWhileNothingElseHappens_Settles(JsNativeMode native)
    {
        await using var host = await TestHost.StartAsync(options =>
        {
            options.Engine.Native = native;
            options.Images.Tier = native == JsNativeMode.Off ? JsImageMode.Replay : options.Images.Tier;
        });
        await using var runtime = await host.Runtimes.CreateAsync(new JsRuntimeOptions { Surface = JsSurface.Full }, Token);

        (await runtime.EvaluateAsync<string>($"{Cell} Atomics.waitAsync(cell, 0, 0, 20).value.then((how) => `${{how}}!`)", Token).AsTask().InTime()).ShouldBe("timed-out!");
    }

    [Fact]
    public async Task WaitAsync_NotifiedInTime_LeavesNoTimer()
    {
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(new JsRuntimeOptions { Surface = JsSurface.Full }, Token);

        (await runtime.EvaluateAsync<string>($"{Cell} const wait = Atomics.waitAsync(cell, 0, 0, 1e9).value; Atomics.notify(cell, 0); wait", Token).AsTask().InTime()).ShouldBe("ok");
        await runtime.WaitForIdleAsync(Token).AsTask().InTime();
    }

    [Fact]
    public async Task WaitAsync_Called_AnswersAsTheStandardSays()
    {
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(new JsRuntimeOptions { Surface = JsSurface.Full }, Token);

        (await runtime.EvaluateAsync<string>(
            $$"""
            {{Cell}}
            const { value, ...flags } = Object.getOwnPropertyDescriptor(Atomics, 'waitAsync');
            const order = [];
            const told = (name, result) => ({ valueOf() { order.push(name); return result; } });
            const thrown = (...args) => { try { Atomics.waitAsync(...args); return 'nothing'; } catch (error) { return error.name; } };
            JSON.stringify([
              flags, value.name, value.length, 'prototype' in value,
              Atomics.waitAsync(cell, told('index', 0), told('value', 1), told('timeout', 5)), Atomics.waitAsync(cell, 0, 0, 0), order,
              thrown(cell, 0, 0, 1n), thrown(new Int32Array(2), 0, 0, 1), thrown(cell, 2, 0, 1), thrown([], 0, 0),
            ])
            """,
            Token)).ShouldBe(
            """[{"writable":true,"enumerable":false,"configurable":true},"waitAsync",4,false,{"async":false,"value":"not-equal"},{"async":false,"value":"timed-out"},["index","value","timeout"],"TypeError","TypeError","RangeError","TypeError"]""");
    }
}
