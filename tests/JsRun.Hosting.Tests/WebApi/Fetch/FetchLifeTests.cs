using JsRun.Runtimes;
using Microsoft.Extensions.DependencyInjection;

namespace JsRun.Hosting.Tests.WebApi.Fetch;

public sealed class FetchLifeTests
{
    [Fact]
    public async Task DisposeAsync_WhileFetchesComeBack_EndsThemAll()
    {
        await using var services = new ServiceCollection().AddLogging().AddJsRun().Services.BuildServiceProvider();
        var factory = services.GetRequiredService<IJsRuntimeFactory>();
        await using var server = new TinyServer("HTTP/1.1 200 Fine\r\nContent-Length: 2\r\n\r\nok");
        var options = new JsRuntimeOptions { OnUncaughtError = static _ => { } };
        options.Permissions.Add("net:127.0.0.1");

        for (var round = 0; round < 20; round++)
        {
            var runtime = await factory.CreateAsync(options, TestContext.Current.CancellationToken);
            // The first answer is awaited, so that the others are on their way back when the context closes.
            await runtime.EvaluateTextAsync($"Promise.any(Array.from({{ length: 30 }}, () => fetch('{server.Url}'))).then((r) => r.text())", "life.js", TestContext.Current.CancellationToken);
            await runtime.DisposeAsync();
        }

        // An exception on an isolate's thread would have ended the process by now.
        await using var next = await factory.CreateAsync(options, TestContext.Current.CancellationToken);
        (await next.EvaluateTextAsync($"fetch('{server.Url}').then((r) => r.text())", "next.js", TestContext.Current.CancellationToken)).Text.ShouldBe("ok");
    }
}
