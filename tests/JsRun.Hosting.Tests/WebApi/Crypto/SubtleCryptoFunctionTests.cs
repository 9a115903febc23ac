using JsRun.Runtimes;

namespace JsRun.Hosting.Tests.WebApi.Crypto;

/// <summary>What limits of a request say about work that is done elsewhere.</summary>
[Trait("Clock", "real")]
public sealed class SubtleCryptoFunctionTests
{
    private const string Derive = """
        const derive = async (iterations) => {
          const key = await crypto.subtle.importKey('raw', new Uint8Array(16), 'PBKDF2', false, ['deriveBits']);
          return crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-512', salt: new Uint8Array(8), iterations }, key, 512);
        };
        """;

    [Theory]
    [InlineData(JsIsolation.PerRequest)]
    [InlineData(JsIsolation.Shared)]
    public async Task DeriveBits_RequestTimesOut_StopsWorking(JsIsolation isolation)
    {
        await using var app = await FunctionApp.StartAsync(o =>
        {
            o.Isolation = isolation;
            o.Limits.Timeout = TimeSpan.FromSeconds(3);
        });
        var function = await app.HandleAsync("await derive(0xffffffff); return new Response('never');", top: Derive);

        var endless = Enumerable.Range(0, Environment.ProcessorCount + 1).Select(_ => function.GetAsync("/endless")).ToArray();
        foreach (var task in endless)
        {
            await Should.ThrowAsync<JsTimeoutException>(task);
        }

        await app.LeasesReturnedAsync();
        // Were one still at work for each processor, this would never get its turn.
        await using var runtime = await app.Host.Runtimes.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
        var next = runtime.EvaluateTextAsync($"{Derive} derive(2000).then((bits) => bits.byteLength)", cancellationToken: TestContext.Current.CancellationToken).AsTask();
        (await next.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)).Text.ShouldBe("64");
    }

    [Theory]
    [InlineData(JsIsolation.PerRequest, "await derive(100_000);")]
    [InlineData(JsIsolation.Shared, "await derive(100_000);")]
    [InlineData(JsIsolation.PerRequest, "try { await derive(100_000); } catch { }")]
    [InlineData(JsIsolation.PerRequest, "try { await derive(100_000); } catch { await new Promise(() => {}); }")]
    public async Task DeriveBits_MoreThanCpuTimeInAll_IsATimeoutThatNamesIt(JsIsolation isolation, string burn)
    {
        await using var app = await FunctionApp.StartAsync(o =>
        {
            o.Isolation = isolation;
            o.Limits.CpuTime = TimeSpan.FromMilliseconds(300);
        });
        var function = await app.HandleAsync($"while (url.pathname === '/burn') {{ {burn} }} return new Response('under');", top: Derive);

        (await Should.ThrowAsync<JsTimeoutException>(async () => await function.GetAsync("/burn"))).Message.ShouldContain("JsRun:Limits:CpuTime");

        await app.LeasesReturnedAsync();
        (await function.GetAsync()).ShouldBe("under");
    }
}
