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
}
