using System.Net;

namespace JsRun.AspNetCore.Tests.Kestrel;

[Collection(KestrelCollection.Name)]
public class LimitTests
{
    private const string Greedy = """
        export default {
          async fetch(request) {
            switch (new URL(request.url).search) {
              case '?loop': for (;;) { /* never ends */ }
              case '?microtasks': for (;;) await null;
              case '?never': await new Promise((resolve) => setTimeout(resolve, 1e9));
              case '?heap': { const all = []; for (;;) all.push(new Array(1000).fill(all.length)); }
              case '?gate': await fetch(new URL('/gate/g', request.url));
            }
            return new Response('ok');
          },
        };
        """;

    private const string Polite = "export default { fetch: () => new Response('polite') };";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static MatrixTheoryData<string, string, string> Runaways => new(["loop", "microtasks", "never"], ["PerRequest", "Shared"], ["Auto", "Off"]);

    [Theory]
    [MemberData(nameof(Runaways))]
    public async Task Timeout_Runaway_Is504AndTheOthersGoOn(string way, string isolation, string native)
    {
        await using var server = await EdgeServer.StartAsync(
            new() { ["greedy.ts"] = Greedy, ["polite.ts"] = Polite },
            ("Limits:Timeout", "00:00:01.5"),
            ("Isolation", isolation),
            ("Engine:Native", native),
            ("Pool:MinIsolates", "2"),
            ("Pool:MaxIsolates", "2"));

        var runaway = server.GetAsync("/greedy?" + way);
        var polite = 0;
        var caught = 0;
        while (!runaway.IsCompleted)
        {
            using var other = await server.GetAsync("/polite");
            if (other.StatusCode == HttpStatusCode.OK)
            {
                polite++;
            }
            else
            {
                caught++;
                ((int)other.StatusCode).ShouldBeInRange(503, 504);
            }
        }

        using var response = await runaway;
        response.StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout);
        (await ProblemAsync(response)).ShouldContain("urn:jsrun:problem:timeout");
        caught.ShouldBe(0);
        polite.ShouldBeGreaterThan(0);
        (await server.GetStringAsync("/greedy")).ShouldBe("ok");
        (await server.GetStringAsync("/polite")).ShouldBe("polite");
    }

    [Theory]
    [InlineData("PerRequest")]
    [InlineData("Shared")]
    public async Task CpuTime_Runaway_Is504(string isolation)
    {
        await using var server = await EdgeServer.ServeAsync(Greedy, ("Limits:CpuTime", "00:00:00.3"), ("Isolation", isolation));

        using var response = await server.GetAsync("/f?loop");

        response.StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout);
        (await server.GetStringAsync("/f")).ShouldBe("ok");
    }

    [Theory]
    [InlineData("PerRequest")]
    [InlineData("Shared")]
    public async Task MaxHeapBytes_Runaway_Is500AndTheNextRequestWorks(string isolation)
    {
        await using var server = await EdgeServer.ServeAsync(Greedy, ("Limits:MaxHeapBytes", (32 << 20).ToString()), ("Isolation", isolation));

        using var response = await server.GetAsync("/f?heap");

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await ProblemAsync(response)).ShouldContain("urn:jsrun:problem:memory-limit");
        (await server.GetStringAsync("/f")).ShouldBe("ok");
    }

    [Theory]
    [InlineData("PerRequest")]
    [InlineData("Shared")]
    public async Task Neighbour_OfAnInterrupt_IsLostAtOnce(string isolation)
    {
        await using var server = await EdgeServer.ServeAsync(
            Greedy, ("Limits:Timeout", "00:00:20"), ("Limits:CpuTime", "00:00:00.3"), ("Isolation", isolation), ("Engine:Native", "Off"), ("Pool:MaxIsolates", "1"));
        var neighbour = server.GetAsync("/f?gate");
        await server.Gates.ReachedAsync("g");

        using var offender = await server.GetAsync("/f?loop");
        using var lost = await neighbour.WaitAsync(TimeSpan.FromSeconds(5), Token);

        offender.StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout);
        lost.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        lost.Headers.RetryAfter.ShouldNotBeNull();
        (await ProblemAsync(lost)).ShouldContain("urn:jsrun:problem:isolate-lost");
        (await server.GetStringAsync("/f")).ShouldBe("ok");
    }

    [Fact]
    public async Task IdleTimeout_SilentStream_BreaksTheConnection()
    {
        await using var server = await EdgeServer.ServeAsync(
            """
            export default {
              fetch: () => new Response(new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(10)) })),
            };
            """,
            ("Limits:IdleTimeout", "00:00:00.3"));

        using var response = await server.GetHeadersAsync("/f");

        await Should.ThrowAsync<HttpRequestException>(() => response.Content.ReadAsByteArrayAsync(Token).WaitAsync(TimeSpan.FromSeconds(30), Token));
        await server.Log.WaitForAsync(e => e.Id == 301 && e.Text.Contains("IdleTimeout"));
    }

    [Fact]
    public async Task MaxConcurrency_OneMore_Is503()
    {
        await using var server = await EdgeServer.ServeAsync(Greedy, ("Limits:MaxConcurrency", "1"));
        var first = server.GetAsync("/f?gate");
        await server.Gates.ReachedAsync("g");

        using var second = await server.GetAsync("/f");
        server.Gates.Open("g");

        second.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        second.Headers.RetryAfter.ShouldNotBeNull();
        (await first).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static Task<string> ProblemAsync(HttpResponseMessage response) => response.Content.ReadAsStringAsync(Token);
}
