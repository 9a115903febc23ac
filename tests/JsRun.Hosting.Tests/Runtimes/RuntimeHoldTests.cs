using System.Runtime.CompilerServices;
using JsRun.Runtimes;

namespace JsRun.Hosting.Tests.Runtimes;

/// <summary>Runtimes that nobody refers to any more, and that have something to do.</summary>
public sealed class RuntimeHoldTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, bool> Shapes()
    {
        var data = new TheoryData<string, bool>();
        foreach (var shape in new[] { "evaluate", "text", "timer", "top-level await", "import", "invoke", "stream" })
        {
            data.Add(shape, false);
            data.Add(shape, true);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Finalizer_CallPendsAndNobodyDisposes_ItEndsWithItsValue(string shape, bool rented)
    {
        await using var host = await TestHost.StartAsync();
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var pending = BeginAsync(host, shape, rented, () =>
        {
            asked.TrySetResult();
            return answer.Task;
        });
        await asked.Task.InTime();
        Collect();
        answer.SetResult("loaded");

        (await pending.InTime()).ShouldBe("loaded");
    }

    [Theory]
    [InlineData("setInterval(() => {}, 60000); 0")]
    [InlineData("void load(); 0")]
    public async Task Finalizer_NothingIsAwaited_WhatIsLeftToDoHoldsIt(string code)
    {
        await using var host = await TestHost.StartAsync();
        var never = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var busy = await LeaveAsync(host, code, () => never.Task);
        var idle = await LeaveAsync(host, "0", () => never.Task);

        await Eventually.HoldsAsync(() =>
        {
            Collect();
            return !idle.TryGetTarget(out _);
        });

        busy.TryGetTarget(out var runtime).ShouldBeTrue();
        runtime!.State.ShouldBe(JsRuntimeState.Running);
        await runtime.DisposeAsync();
    }

    // Locals of asynchronous methods live in an object that Release builds drop when they are used no more.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<string?> BeginAsync(TestHost host, string shape, bool rented, Func<Task<string>> load)
    {
        var runtime = rented ? await host.Runtimes.RentAsync(Token) : await host.Runtimes.CreateAsync(cancellationToken: Token);
        runtime.BindFunction("load", load);
        switch (shape)
        {
            case "text":
                return (await runtime.EvaluateTextAsync("load()", cancellationToken: Token)).Text;
            case "timer":
                return await runtime.EvaluateAsync<string>("new Promise(done => setTimeout(() => done(load()), 1))", Token);
            case "top-level await":
                return await runtime.EvaluateAsync<string>("await load()", new JsEvaluateOptions { TopLevelAwait = true }, Token);
            case "import":
                runtime.Modules.Add("m", "export const value = await globalThis.load()");
                return (string?)(await runtime.ImportAsync("m", cancellationToken: Token))["value"];
            case "invoke":
                return await runtime.Evaluate<JsFunction>("() => load()", cancellationToken: Token)!.InvokeAsync<string>();
            case "stream":
                await foreach (var chunk in runtime.Evaluate<JsStream>("new ReadableStream({ async pull(c) { c.enqueue(await load()); c.close() } })", cancellationToken: Token)!)
                {
                    return (string?)chunk;
                }

                return null;
            default:
                return await runtime.EvaluateAsync<string>("load()", Token);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference<IJsRuntime>> LeaveAsync(TestHost host, string code, Func<Task<string>> load)
    {
        var runtime = await host.Runtimes.CreateAsync(cancellationToken: Token);
        runtime.BindFunction("load", load);
        await runtime.EvaluateAsync(code, Token);
        return new WeakReference<IJsRuntime>(runtime);
    }

    private static void Collect()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
