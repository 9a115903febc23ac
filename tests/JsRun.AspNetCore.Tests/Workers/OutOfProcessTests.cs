using System.Diagnostics;
using System.Net;
using System.Text.Json;
using JsRun.AspNetCore.Tests.Kestrel;

namespace JsRun.AspNetCore.Tests.Workers;

/// <summary>Functions in worker processes. A process takes a second or two to start, so each test makes the most of the one that it has.</summary>
[Collection(KestrelCollection.Name)]
public class OutOfProcessTests
{
    private const string Spin = "export default { fetch() { console.log('spinning'); for (;;) {} } };";

    private static readonly (string, string)[] OutOfProcess = [("Placement", "OutOfProcess"), ("Pool:MinIsolates", "1"), ("Pool:MaxIsolates", "2"), ("Env:GREETING", "hi")];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_OutOfProcess_IsAnsweredAsInProcess()
    {
        var files = new Dictionary<string, string>
        {
            ["echo/[id].ts"] = """
                export default {
                  async fetch(request: Request, env: any, ctx: any) {
                    const body = request.body === null ? null : await request.text();
                    const headers = [...request.headers].filter(([name]) => name !== 'host');
                    const seen = { method: request.method, path: new URL(request.url).pathname, headers, body, params: ctx.params, env };
                    return new Response(JSON.stringify(seen), { status: 201, statusText: 'Made', headers: [['x-one', 'a'], ['set-cookie', 'a=1'], ['set-cookie', 'b=2'], ['x-byte', '\u00e9']] });
                  },
                };
                """,
            ["throws.ts"] = "export default { fetch() { throw new TypeError('boom'); } };",
            ["nothing.ts"] = "export default { fetch: () => new Response(null, { status: 204 }) };",
            ["stream.ts"] = "export default { fetch: (request) => new Response(request.body?.pipeThrough(new TransformStream()) ?? 'none') };",
            ["breaks.ts"] = "export default { fetch: () => new Response(new ReadableStream({ n: 0, pull(c) { if (this.n++ > 1) throw new Error('broken'); c.enqueue(new Uint8Array(8)); } })) };",
        };
        await using var inside = await EdgeServer.StartAsync(files, [.. OutOfProcess.Skip(1), ("Placement", "InProcess")]);
        await using var outside = await EdgeServer.StartAsync(files, OutOfProcess);

        foreach (var (method, path, body) in ((HttpMethod, string, string?)[])[(HttpMethod.Get, "/echo/a%2Fb?q=1", null), (HttpMethod.Put, "/echo/b", "grüße"), (HttpMethod.Head, "/echo/c", null), (HttpMethod.Get, "/throws", null),
            (HttpMethod.Get, "/nothing", null), (HttpMethod.Post, "/stream", new string('x', 300_000)), (HttpMethod.Get, "/breaks", null), (HttpMethod.Get, "/missing", null)])
        {
            var expected = await DescribeAsync(inside, method, path, body);
            (await DescribeAsync(outside, method, path, body)).ShouldBe(expected, $"{method} {path}");
            expected.ShouldNotBeEmpty();
        }

        // The host logs what went wrong as it does otherwise, once.
        outside.Log.Entries.Count(static e => e.Text.Contains("Function /throws failed", StringComparison.Ordinal)).ShouldBe(1);
        outside.Log.Entries.ShouldContain(static e => e.Text.Contains("Function /breaks failed", StringComparison.Ordinal) && e.Text.Contains("broken", StringComparison.Ordinal));
        using var status = JsonDocument.Parse(await outside.GetStringAsync("/_jsrun"));
        var worker = status.RootElement.GetProperty("workers").EnumerateArray().ShouldHaveSingleItem();
        worker.GetProperty("state").GetString().ShouldBe("Ready");
        worker.GetProperty("pid").GetInt32().ShouldNotBe(Environment.ProcessId);
        status.RootElement.GetProperty("functions").EnumerateArray().Single(static f => f.GetProperty("file").GetString() == "throws.ts").GetProperty("requests").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task Fetch_OutOfProcess_IsTheHostsWithItsPermissionsAndLimits()
    {
        await using var server = await EdgeServer.ServeAsync(
            """
            export default {
              async fetch(request: Request, env: any, ctx: any) {
                const results = [];
                for (const url of (await request.text()).split('\n')) {
                  const answer = await fetch(url, { method: 'POST', body: new Blob(['ping']).stream(), duplex: 'half' } as any).then((r) => r.text(), (e) => e.name + ': ' + e.message);
                  results.push(answer);
                }
                console.log('fetched', results.length);
                return Response.json(results);
              },
            };
            """,
            static _ => { },
            static app => Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.MapPost(app, "/upstream", static async (Microsoft.AspNetCore.Http.HttpContext context) =>
            {
                using var reader = new StreamReader(context.Request.Body);
                return $"pong to {await reader.ReadToEndAsync()}, {context.Request.Headers["CDN-Loop"]}";
            }),
            [.. OutOfProcess, ("Limits:MaxSubrequests", "2")]);
        var upstream = new Uri(server.Url, "/upstream").AbsoluteUri;

        using var response = await server.Client.PostAsync("/f", new StringContent($"{upstream}\nhttp://198.51.100.1/\n{upstream}"), Token);
        var results = JsonSerializer.Deserialize<string[]>(await response.Content.ReadAsStringAsync(Token))!;

        results[0].ShouldBe("pong to ping, jsrun");
        results[1].ShouldContain("net:198.51.100.1");
        results[2].ShouldContain("MaxSubrequests: 2");
        await server.Log.WaitForAsync(static e => e.Category == "JsRun.Console./f" && e.Text.Contains("fetched", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Worker_Lost_CostsWhatItHadAndAnotherServes()
    {
        await using var server = await EdgeServer.StartAsync(
            new() { ["spin.ts"] = Spin, ["ok.ts"] = "export default { fetch: () => new Response('ok') };" },
            [.. OutOfProcess, ("Limits:CpuTime", "00:01:00")]);
        (await server.GetStringAsync("/ok")).ShouldBe("ok");
        var lost = await PidAsync(server);

        var spinning = server.GetAsync("/spin");
        // The host counts the request before the worker has it; what the function logs comes from the worker.
        await server.Log.WaitForAsync(static e => e.Category == "JsRun.Console./spin");
        Process.GetProcessById(lost).Kill();
        using var answer = await spinning;
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement;

        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        problem.GetProperty("type").GetString().ShouldBe("urn:jsrun:problem:worker-lost");
        answer.Headers.RetryAfter.ShouldNotBeNull();
        (await server.GetStringAsync("/ok")).ShouldBe("ok");
        (await PidAsync(server)).ShouldNotBe(lost);
        // The one that ran is named, and not the one that had served.
        await server.Log.WaitForAsync(static e => e.Text.Contains("Functions that ran: /spin.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Abort_OfV8_CostsTheRequestThatCausedItAndAtLastSuspendsItsFunction()
    {
        await using var server = await EdgeServer.StartAsync(
            new() { ["fatal.js"] = "export default { fetch: () => new Response('x'.repeat(2 ** 28).match(/x/g)) };", ["ok.js"] = "export default { fetch: () => new Response('ok') };" },
            [.. OutOfProcess, ("Surface", "Full"), ("Limits:MaxHeapBytes", "536870912")]);

        foreach (var type in (string[])["worker-lost", "worker-lost", "worker-lost", "function-suspended"])
        {
            using var answer = await server.GetAsync("/fatal");
            JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement.GetProperty("type").GetString().ShouldBe($"urn:jsrun:problem:{type}");
            (await server.GetStringAsync("/ok")).ShouldBe("ok");
        }
    }

    [Fact]
    [Trait("Clock", "real")]
    public async Task Spare_OfAWorkerThatIsLost_TakesItsPlaceWithTheNewestVersion()
    {
        await using var server = await EdgeServer.ServeAsync("export default { fetch: () => new Response('one') };", [.. OutOfProcess, ("Functions:Watch", "false")]);
        (await server.GetStringAsync("/f")).ShouldBe("one");
        await server.Log.WaitForAsync(static e => e.Id == 409);
        var (lost, spare) = (await PidAsync(server), await PidAsync(server, "Spare"));
        server.Folder.Write("f.ts", "export default { fetch: () => new Response('two') };");
        await server.Host.Functions.Single().ReloadAsync(Token);

        Process.GetProcessById(lost).Kill();
        await server.Log.WaitForAsync(static e => e.Id == 401);

        (await server.GetStringAsync("/f")).ShouldBe("two");
        (await PidAsync(server)).ShouldBe(spare);
    }

    [Fact]
    public async Task Worker_OfAHostThatStops_LeavesNothing()
    {
        int worker;
        await using (var server = await EdgeServer.ServeAsync("export default { fetch: () => new Response('ok') };", OutOfProcess))
        {
            (await server.GetStringAsync("/f")).ShouldBe("ok");
            worker = await PidAsync(server);
            Directory.EnumerateDirectories(Path.GetTempPath(), $"jsrun-{Environment.ProcessId}-*").ShouldNotBeEmpty();
        }

        Should.Throw<ArgumentException>(() => Process.GetProcessById(worker));
        Directory.EnumerateDirectories(Path.GetTempPath(), $"jsrun-{Environment.ProcessId}-*").ShouldBeEmpty();
    }

    [Fact]
    public async Task Deadline_OutOfProcess_EndsTheFunctionThere()
    {
        await using var server = await EdgeServer.StartAsync(
            new() { ["spin.ts"] = Spin, ["ok.ts"] = "export default { fetch: () => new Response('ok') };" },
            [.. OutOfProcess, ("Limits:Timeout", "00:00:00.500")]);

        using var answer = await server.GetAsync("/spin");
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement;

        answer.StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout);
        problem.GetProperty("type").GetString().ShouldBe("urn:jsrun:problem:timeout");
        (await server.GetStringAsync("/ok")).ShouldBe("ok");
    }

    private static async Task<int> PidAsync(EdgeServer server, string? state = null)
    {
        using var status = JsonDocument.Parse(await server.GetStringAsync("/_jsrun"));
        return status.RootElement.GetProperty("workers").EnumerateArray().First(w => state is null || w.GetProperty("state").GetString() == state).GetProperty("pid").GetInt32();
    }

    private static async Task<string> DescribeAsync(EdgeServer server, HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body) };
        using var response = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        var text = new System.Text.StringBuilder().Append((int)response.StatusCode).Append(' ').AppendLine(response.ReasonPhrase);
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers).OrderBy(static h => h.Key, StringComparer.Ordinal))
        {
            text.AppendLine($"{name}: {(name == "Date" ? "…" : string.Join(" | ", values))}");
        }

        try
        {
            text.Append(await response.Content.ReadAsStringAsync(Token));
        }
        catch (HttpRequestException)
        {
            text.Append("(broken off)");
        }

        // Request ids and ports differ.
        return System.Text.RegularExpressions.Regex.Replace(text.ToString(), "\"requestId\":\"[^\"]*\"", "\"requestId\":\"…\"");
    }
}
