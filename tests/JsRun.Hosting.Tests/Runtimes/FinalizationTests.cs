namespace JsRun.Hosting.Tests.Runtimes;

/// <summary>Clean-up callbacks of the surface Full: V8 calls them between entries, and they get one of their own.</summary>
public sealed class FinalizationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private const string Churn = "(async () => { for (let i = 0; i < 400 && !globalThis.cleaned; i++) { const a = []; for (let j = 0; j < 2e4; j++) a.push({ j }); await new Promise((r) => setTimeout(r, 1)); } return `${globalThis.cleaned}`; })()";

    [Fact]
    public async Task Register_TargetIsCollected_CallsBack()
    {
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(cancellationToken: Token);
        runtime.Evaluate("globalThis.fr = new FinalizationRegistry((held) => { globalThis.cleaned ??= held; }); for (let i = 0; i < 50; i++) fr.register({}, 'held'); void 0");

        (await runtime.EvaluateAsync<string>(Churn, cancellationToken: Token).InTime()).ShouldBe("held");
        runtime.Evaluate<string>("`${FinalizationRegistry} ${FinalizationRegistry.length} ${fr instanceof FinalizationRegistry}`").ShouldBe("function FinalizationRegistry() { [native code] } 1 true");
    }

    [Fact]
    public async Task Register_CallbackOfAContextThatHasGone_NeverRuns()
    {
        await using var host = await TestHost.StartAsync(o => o.Pool.MaxIsolates = 1);
        await using (var first = await host.Runtimes.RentAsync(Token))
        {
            first.Evaluate("globalThis.fr = new FinalizationRegistry(() => { for (;;); }); for (let i = 0; i < 50; i++) fr.register({}, i); void 0");
        }

        await using var second = await host.Runtimes.RentAsync(Token);

        (await second.EvaluateAsync<string>(Churn, cancellationToken: Token).InTime()).ShouldBe("undefined");
    }
}
