using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JsRun.Hosting.Tests.Engine.HostFunctions;

/// <summary>The flow in which code of the host's runs: <c>AsyncLocal</c>s, the activity, logging scopes.</summary>
public sealed class HostCodeTests
{
    private static readonly AsyncLocal<string?> Local = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_EveryCallbackOfARuntime_HasTheCallersFlow()
    {
        var seen = new Dictionary<string, string?>();
        var options = new JsRuntimeOptions
        {
            Console = { OnMessage = _ => seen["console"] = Local.Value },
            OnPermissionDenied = _ => seen["denied"] = Local.Value,
            OnUncaughtError = _ => seen["uncaught"] = Local.Value,
        };
        options.Modules.Loader = (_, _) =>
        {
            seen["loader"] = Local.Value;
            return ValueTask.FromResult<JsModuleSource?>("export const a = 1");
        };
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(options, Token);
        runtime.BindFunction("get", () => Local.Value);
        runtime.BindFunction("rows", () => Rows(seen));
        runtime.BindFunction("bytes", Stream () => new FlowStream(() => seen["bytes"] = Local.Value));
        runtime.RegisterOp(new JsOp("secret", () => 1));
        Local.Value = "mine";

        await runtime.EvaluateAsync(
            """
            (async () => {
                console.log(1);
                for await (const row of rows()) { break; }
                for await (const chunk of bytes()) { }
                await import('http://x/a.js');
                try { JsRun.ops.secret(); } catch { }
                setTimeout(() => { throw new Error('late'); });
                await new Promise(done => setTimeout(done, 20));
                return get();
            })()
            """,
            Token).InTime();

        await Eventually.HoldsAsync(() => seen.ContainsKey("end of rows"));
        seen.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key}: {s.Value}").ShouldBe(
            ["bytes: mine", "console: mine", "denied: mine", "end of rows: mine", "loader: mine", "rows: mine", "uncaught: mine"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_LogLinesOfARuntime_HaveTheCallersTraceAndScopes(bool rented)
    {
        using var log = new FlowLog();
        await using var host = await TestHost.StartAsync(services: s => s.AddSingleton<ILoggerProvider>(log));
        await using var runtime = rented ? await host.Runtimes.RentAsync(Token) : await host.Runtimes.CreateAsync(cancellationToken: Token);
        runtime.BindFunction("fail", async Task<int> () =>
        {
            await Task.Yield();
            throw new InvalidOperationException("the host's");
        });
        using var activity = new Activity("test").Start();
        using var scope = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("test").BeginScope("the scope");

        await runtime.EvaluateAsync("console.log('from the console'); setTimeout(() => { throw new Error('from a timer'); }); fail().catch(() => {})", Token).InTime();

        foreach (var text in new[] { "from the console", "from a timer", "The host function fail failed" })
        {
            var (trace, scopes) = await log.FindAsync(text);
            (text, trace, scopes).ShouldBe((text, activity.TraceId, "the scope"));
        }
    }

    [Theory]
    [Trait("Clock", "real")]
    [InlineData(JsIsolation.PerRequest, JsNativeMode.Auto)]
    [InlineData(JsIsolation.PerRequest, JsNativeMode.Off)]
    [InlineData(JsIsolation.Shared, JsNativeMode.Auto)]
    [InlineData(JsIsolation.Shared, JsNativeMode.Off)]
    public async Task Run_LogLinesOfAFunction_HaveTheRequestsTrace(JsIsolation isolation, JsNativeMode native)
    {
        using var log = new FlowLog();
        await using var app = await FunctionApp.StartAsync(
            o =>
            {
                o.Isolation = isolation;
                o.Engine.Native = native;
                o.Limits.CpuTime = TimeSpan.FromMilliseconds(200);
            },
            services: s => s.AddSingleton<ILoggerProvider>(log));
        var function = await app.HandleAsync("console.log('from the console'); setTimeout(() => { throw new Error('from a timer'); }); await new Promise(done => setTimeout(done, 20)); if (url.pathname === '/loop') for (;;); return new Response('ok');");
        using var activity = new Activity("test").Start();

        (await function.GetAsync()).ShouldBe("ok");
        await Should.ThrowAsync<JsTimeoutException>(async () => await function.GetAsync("/loop"));

        foreach (var text in new[] { "from the console", "from a timer", "was interrupted" })
        {
            (text, (await log.FindAsync(text)).Trace).ShouldBe((text, activity.TraceId));
        }
    }

    private static async IAsyncEnumerable<int> Rows(Dictionary<string, string?> seen)
    {
        await Task.Yield();
        seen["rows"] = Local.Value;
        try
        {
            yield return 1;
            yield return 2;
        }
        finally
        {
            seen["end of rows"] = Local.Value;
        }
    }

    private sealed class FlowStream(Action read) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            read();
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
