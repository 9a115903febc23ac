using System.IO.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JsRun.Hosting.Tests.Faults;

/// <summary>The same extension points, of edge functions: whatever the host's code throws, that request alone notices.</summary>
public sealed class FaultyFunctionTests
{
    public static TheoryData<string, JsIsolation, JsNativeMode> Faults
    {
        get
        {
            var data = new TheoryData<string, JsIsolation, JsNativeMode>();
            foreach (var fault in HostFaults.Names)
            {
                data.Add(fault, JsIsolation.PerRequest, JsNativeMode.Auto);
                data.Add(fault, JsIsolation.Shared, JsNativeMode.Auto);
                data.Add(fault, JsIsolation.PerRequest, JsNativeMode.Off);
                data.Add(fault, JsIsolation.Shared, JsNativeMode.Off);
            }

            return data;
        }
    }

    public static TheoryData<JsNativeMode, JsIsolation, string, int, Type> Limits
    {
        get
        {
            var data = new TheoryData<JsNativeMode, JsIsolation, string, int, Type>();
            foreach (var (native, isolation) in new[] { (JsNativeMode.Auto, JsIsolation.PerRequest), (JsNativeMode.Auto, JsIsolation.Shared), (JsNativeMode.Off, JsIsolation.PerRequest) })
            {
                data.Add(native, isolation, "for (;;);", 1, typeof(JsTimeoutException));
                data.Add(native, isolation, "const all = []; for (;;) all.push(new Array(1000).fill({}));", 60, typeof(JsMemoryLimitException));
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task ExtensionPoints_Throw_FailThatCallAlone(string fault, JsIsolation isolation, JsNativeMode native)
    {
        Exception Create() => HostFaults.Create(fault);
        var loggers = new ThrowingLoggers();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var app = await FunctionApp.StartAsync(
            options =>
            {
                options.Isolation = isolation;
                options.Engine.Native = native;
                options.Pool.MaxIsolates = 1;
                foreach (var granted in new[] { "op:sync", "op:soon", "op:gate", "op:O", "op:O.*", "op:F", "op:F.*" })
                {
                    options.Permissions.Add(granted);
                }

                options.Permissions.Add("net:host.test");
            },
            services: services =>
            {
                services.AddLogging(logging => logging.AddProvider(loggers));
                services.AddTransient<FaultyHandler>();
                services.AddHttpClient("JsRun").AddHttpMessageHandler<FaultyHandler>();
                services.AddJsRun()
                    .AddOp("sync", int () => throw Create())
                    .AddOp("soon", async Task<int> () => { await Task.Yield(); throw Create(); }, JsOpMode.Async)
                    .AddOp("refused", () => 1)
                    .AddOp("gate", () => gate.Task, JsOpMode.Async)
                    .AddBinding("O", new FaultyExport(Create))
                    .AddBinding("F", new Dictionary<string, object?>
                    {
                        ["items"] = new Func<object>(() => new FaultySequence("next", Create)),
                        ["stream"] = new Func<object>(() => new FaultyStream(Create)),
                        ["pipe"] = new Func<object>(() => new FaultyPipe(Create)),
                    })
                    .OnPermissionDenied(_ => throw Create());
            });
        var echo = await app.EchoAsync();
        var function = await app.HandleAsync(
            """
            const answers = [];
            const say = async (what) => {
              try { answers.push(await what()); }
              catch (e) { answers.push([e.name, e.code, /secret|active test/.test(e.message + e.stack + e.cause) ? 'TOLD' : undefined].filter(Boolean).join(' ')); }
            };
            if (url.pathname === '/wait') { await env.gate(); return new Response('waited'); }
            if (url.pathname === '/body') { await say(() => request.text()); return Response.json(answers); }
            await say(() => env.sync());
            await say(() => env.soon());
            await say(() => env.O.sync());
            await say(() => env.O.soon());
            await say(() => env.O.property);
            await say(async () => { for await (const _ of env.F.items()); });
            await say(() => new Response(env.F.stream()).text());
            await say(() => new Response(env.F.pipe()).text());
            await say(() => fetch(`http://host.test/body/${url.searchParams.get('fault')}`).then(r => r.text()));
            await say(() => fetch(`http://host.test/head/${url.searchParams.get('fault')}`));
            await say(() => env.refused());
            console.error('said');
            setTimeout(() => { throw new Error('uncaught'); });
            return Response.json(answers);
            """);
        var waiting = function.GetAsync("/wait");

        var host = $"\"HostError {fault}\"";
        var all = await function.GetAsync($"/?fault={fault}");
        var body = await function.SendAsync(EdgeFunctionCalls.Post(new FaultyPipe(Create), "/body"));
        var other = await function.SendAsync(EdgeFunctionCalls.Post(PipeReader.Create(new FaultyStream(Create)), "/body"));
        gate.SetResult();

        all.ShouldBe($"[{string.Join(',', Enumerable.Repeat(host, 9))},\"TypeError\",\"PermissionDenied permission-denied\"]");
        body.ShouldBe($"[{host}]");
        other.ShouldBe($"[{host}]");
        (await waiting).ShouldBe("waited");
        (await echo.GetAsync("/next")).ShouldBe("/next");
        await app.LeasesReturnedAsync();
        loggers.Messages.ShouldBeGreaterThan(0);
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task Logger_ThrowsAtALimit_ChangesNoOutcome(JsNativeMode native, JsIsolation isolation, string code, int seconds, Type outcome)
    {
        var loggers = new ThrowingLoggers();
        await using var app = await FunctionApp.StartAsync(
            options =>
            {
                options.Engine.Native = native;
                options.Isolation = isolation;
                options.Limits.Timeout = TimeSpan.FromSeconds(seconds);
                options.Limits.MaxHeapBytes = 48 << 20;
            },
            services: services => services.AddLogging(logging => logging.AddProvider(loggers)));
        var echo = await app.EchoAsync();
        var limited = await app.HandleAsync(code);
        var throws = await app.HandleAsync("throw new Error('of the script');");

        await Should.ThrowAsync(() => limited.GetAsync(), outcome);
        (await Should.ThrowAsync<JavaScriptException>(() => throws.GetAsync())).JsMessage.ShouldBe("of the script");

        (await echo.GetAsync("/next")).ShouldBe("/next");
        loggers.Messages.ShouldBeGreaterThan(0);
    }
}
