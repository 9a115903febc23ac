using System.Net;

namespace JsRun.AspNetCore.Tests.Kestrel;

[Collection(KestrelCollection.Name)]
public class ConcurrencyTests
{
    private const string Waits = "export default { async fetch(request) { await fetch(new URL('/barrier/100', request.url)); return new Response('ok'); } };";
    private const string Gated = "export default { async fetch(request) { await fetch(new URL('/gate/' + new URL(request.url).search.slice(1), request.url)); return new Response('ok'); } };";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("PerRequest")]
    [InlineData("Shared")]
    public async Task Requests_HundredThatAwait_RunAtTheSameTimeOnFourIsolates(string isolation)
    {
        await using var server = await EdgeServer.ServeAsync(Waits, ("Isolation", isolation), ("Pool:MinIsolates", "4"), ("Pool:MaxIsolates", "4"));

        // The barrier opens for nobody before all hundred are there.
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => server.GetStringAsync("/f")));

        answers.ShouldAllBe(answer => answer == "ok");
        server.Host.GetPoolStatus().Isolates.ShouldBeLessThanOrEqualTo(4);
    }

    [Theory]
    [InlineData("PerRequest")]
    [InlineData("Shared")]
    public async Task Requests_QueueFull_Are503WithRetryAfter(string isolation)
    {
        await using var server = await EdgeServer.ServeAsync(
            Gated, ("Isolation", isolation), ("Pool:MaxIsolates", "1"), ("Pool:LeasesPerIsolate", "1"), ("Pool:QueueLimit", "1"));
        var busy = server.GetAsync("/f?a");
        await server.Gates.ReachedAsync("a");

        // One of them finds the only place in the queue, whichever comes first.
        var one = server.GetAsync("/f?b");
        var other = server.GetAsync("/f?b");
        var refused = await Task.WhenAny(one, other);
        server.Gates.Open("a");
        server.Gates.Open("b");

        using var response = await refused;
        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter!.Delta.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1));
        (await response.Content.ReadAsStringAsync(Token)).ShouldContain("urn:jsrun:problem:queue-full");
        (await busy).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (refused == one ? other : one)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Requests_QueueTimeout_Is503WithRetryAfter()
    {
        await using var server = await EdgeServer.ServeAsync(
            Gated, ("Pool:MaxIsolates", "1"), ("Pool:LeasesPerIsolate", "1"), ("Pool:QueueTimeout", "00:00:00.1"));
        var busy = server.GetAsync("/f?a");
        await server.Gates.ReachedAsync("a");

        using var waited = await server.GetAsync("/f?a");
        server.Gates.Open("a");

        waited.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        waited.Headers.RetryAfter.ShouldNotBeNull();
        (await busy).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
