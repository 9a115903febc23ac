using System.Net;

namespace JsRun.AspNetCore.Tests.Kestrel;

[Collection(KestrelCollection.Name)]
public class StopTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("PerRequest")]
    [InlineData("Shared")]
    public async Task Stop_RequestInFlight_IsFinished(string isolation)
    {
        await using var server = await EdgeServer.ServeAsync(
            "export default { async fetch(request) { await fetch(new URL('/gate/last', request.url)); return new Response('finished'); } };", ("Isolation", isolation));
        var inFlight = server.GetAsync("/f");
        await server.Gates.ReachedAsync("last");

        var stop = server.App.StopAsync(Token);
        server.Gates.Open("last");

        using var response = await inFlight;
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync(Token)).ShouldBe("finished");
        await stop.WaitAsync(TimeSpan.FromSeconds(30), Token);
    }

    [Fact]
    public async Task Stop_RequestThatNeverEnds_DoesNotHoldTheHost()
    {
        await using var server = await EdgeServer.ServeAsync(
            "export default { async fetch(request) { await fetch(new URL('/gate/last', request.url)); for (;;) { /* never ends */ } } };");
        var inFlight = server.GetAsync("/f");
        await server.Gates.ReachedAsync("last");
        using var patience = new CancellationTokenSource();

        var stop = server.App.StopAsync(patience.Token);
        server.Gates.Open("last");
        await patience.CancelAsync();

        await stop.WaitAsync(TimeSpan.FromSeconds(30), Token);
        await Should.ThrowAsync<Exception>(async () => (await inFlight.WaitAsync(TimeSpan.FromSeconds(30), Token)).EnsureSuccessStatusCode());
    }

    [Theory]
    [InlineData("PerRequest")]
    [InlineData("Shared")]
    public async Task Stop_Stream_EndsByItsSignal(string isolation)
    {
        await using var server = await EdgeServer.ServeAsync(
            """
            export default {
              fetch(request) {
                return new Response(new ReadableStream({
                  start(controller) {
                    const bytes = (text) => new TextEncoder().encode(text);
                    controller.enqueue(bytes('begins '));
                    request.signal.addEventListener('abort', () => {
                      console.log(`${request.signal.reason.name}: ${request.signal.reason.message}`);
                      setTimeout(() => { controller.enqueue(bytes('ends')); controller.close(); }, 5);
                    });
                  },
                }), { headers: { 'content-type': 'text/event-stream' } });
              },
            };
            """,
            ("Isolation", isolation));
        using var response = await server.GetHeadersAsync("/f");
        await using var body = await response.Content.ReadAsStreamAsync(Token);
        await body.ReadExactlyAsync(new byte["begins ".Length], Token);

        var stop = server.App.StopAsync(Token);

        using var rest = new StreamReader(body);
        (await rest.ReadToEndAsync(Token).WaitAsync(TimeSpan.FromSeconds(30), Token)).ShouldBe("ends");
        await stop.WaitAsync(TimeSpan.FromSeconds(30), Token);
        server.Log.Entries.ShouldContain(e => e.Text.Contains("AbortError: The host is stopping."));
    }

    [Theory]
    [InlineData("PerRequest")]
    [InlineData("Shared")]
    public async Task Stop_HandlerThatWaitsForItsSignal_Answers(string isolation)
    {
        await using var server = await EdgeServer.ServeAsync(
            """
            export default {
              async fetch(request) {
                const aborted = new Promise((resolve) => request.signal.addEventListener('abort', resolve));
                await fetch(new URL('/gate/in', request.url));
                await aborted;
                return new Response(request.signal.reason.message);
              },
            };
            """,
            ("Isolation", isolation));
        server.Gates.Open("in");
        var answer = server.GetStringAsync("/f");
        await server.Gates.ReachedAsync("in");

        var stop = server.App.StopAsync(Token);

        (await answer.WaitAsync(TimeSpan.FromSeconds(30), Token)).ShouldBe("The host is stopping.");
        await stop.WaitAsync(TimeSpan.FromSeconds(30), Token);
    }

    [Theory]
    [InlineData("PerRequest", "new Promise(() => {})")]
    [InlineData("Shared", "new Promise(() => {})")]
    public async Task Stop_WaitUntilThatNothingSettles_IsNotWaitedFor(string isolation, string promise)
    {
        await using var server = await EdgeServer.ServeAsync(
            $$"""export default { fetch(request, env, ctx) { ctx.waitUntil({{promise}}); return new Response('ok'); } };""", ("Isolation", isolation), ("Limits:IdleTimeout", "00:10:00"));
        (await server.GetStringAsync("/f")).ShouldBe("ok");

        await server.App.StopAsync(Token).WaitAsync(TimeSpan.FromSeconds(60), Token);

        server.Log.Entries.ShouldNotContain(e => e.Text.Contains("still ran when the host's shutdown timeout ended"));
        server.Log.Entries.ShouldContain(e => e.Id == 210);
    }
}
