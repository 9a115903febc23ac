using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace JsRun.AspNetCore.Tests.Fetch;

public sealed class EventSourceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_ThenTheEnd_AreToldAndTheLastIdIsSentAgain()
    {
        var connections = 0;
        await using var lab = await FetchLab.StartAsync(app => app.MapGet("/events", async (HttpContext context) =>
        {
            context.Response.ContentType = "text/event-stream; charset=utf-8";
            await context.Response.WriteAsync(++connections == 1
                ? "retry: 1\nid: ü1\ndata: first\n\nevent: named\ndata: {\"a\":1}\n\n"
                : $"data: again after {Uri.EscapeDataString(context.Request.Headers["last-event-id"].ToString())}, {context.Request.Headers.Accept}\n\n");
        }));

        (await lab.RunAsync("""
            const log = [];
            const source = new EventSource(up + '/events');
            const before = source.readyState;
            return new Promise((resolve) => {
              source.onopen = () => log.push(`open ${source.readyState}`);
              source.addEventListener('named', ({ data, lastEventId, origin }) => log.push([data, lastEventId, origin === up]));
              source.onerror = () => log.push(`error ${source.readyState}`);
              source.onmessage = ({ data }) => {
                log.push(data);
                if (data.startsWith('again')) { source.close(); resolve([before, log, source.readyState]); }
              };
            });
            """)).ShouldBe("""[0,["open 1","first",["{\"a\":1}","ü1",true],"error 0","open 1","again after %C3%BC1, text/event-stream"],2]""".Replace("%C3%BC", "%C3%BC", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(204, "text/event-stream")]
    [InlineData(500, "text/event-stream")]
    [InlineData(200, "text/plain")]
    public async Task Connect_WrongAnswer_FailsForGood(int status, string type)
    {
        var connections = 0;
        await using var lab = await FetchLab.StartAsync(app => app.MapGet("/events", (HttpContext context) =>
        {
            connections++;
            context.Response.StatusCode = status;
            context.Response.ContentType = type;
        }));

        (await lab.RunAsync("const source = new EventSource(up + '/events'); return new Promise((resolve) => { source.onerror = () => resolve(source.readyState); });")).ShouldBe("2");

        connections.ShouldBe(1);
    }

    [Fact]
    public async Task Connect_NoPermission_FailsForGood()
    {
        await using var lab = await FetchLab.StartAsync(_ => { });

        (await lab.RunAsync("const source = new EventSource(up.replace('127.0.0.1', 'localhost') + '/events'); return new Promise((resolve) => { source.onerror = () => resolve(source.readyState); });")).ShouldBe("2");
    }

    [Fact]
    public async Task Close_WhileOpen_EndsTheRequest()
    {
        var left = new TaskCompletionSource();
        await using var lab = await FetchLab.StartAsync(app => app.MapGet("/events", async (HttpContext context) =>
        {
            using var gone = context.RequestAborted.Register(() => left.TrySetResult());
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: one\n\n", Token);
            await context.Response.Body.FlushAsync(Token);
            await left.Task.WaitAsync(Token);
        }));

        await lab.RunAsync("const source = new EventSource(up + '/events'); await new Promise((resolve) => { source.onmessage = resolve; }); source.close();");

        await left.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
    }
}
