using System.Net;
using System.Text.Json;
using JsRun.AspNetCore.Tests.Kestrel;
using Microsoft.AspNetCore.Builder;

namespace JsRun.AspNetCore.Tests.Inspector;

/// <summary>Debuggers, over Kestrel, with the Chrome DevTools protocol.</summary>
[Collection(KestrelCollection.Name)]
public sealed class InspectorTests
{
    private const string Secret = "test-token-0123456789";
    private const string Root = $"/_jsrun/inspector/{Secret}";

    // The interface shifts the compiled lines.
    private const string Code = """
        interface Visitor {
          name: string;
          visits: number;
        }

        let visits = 0;

        export default {
          fetch(request: Request): Response {
            const visitor: Visitor = { name: new URL(request.url).searchParams.get('name')!, visits: ++visits };
            const greeting = `Hello ${visitor.name}`;
            console.log('greeted');
            return new Response(greeting + visitor.visits);
          },
        };
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("PerRequest")]
    [InlineData("Shared")]
    public async Task Breakpoint_InTypeScript_PausesSteps_AndTheRequestIsAnswered(string isolation)
    {
        await using var server = await StartAsync(("Isolation", isolation), ("Limits:Timeout", "00:00:02"));
        (await server.Client.GetStringAsync("/f?name=before", Token)).ShouldStartWith("Hello before");
        using var client = await DebugClient.ConnectAsync(await FindTargetAsync(server));
        await client.CallAsync("Runtime.enable");
        await client.CallAsync("Debugger.enable");
        var script = await client.WaitAsync("Debugger.scriptParsed", static p => p.GetProperty("url").GetString()!.EndsWith("f.ts", StringComparison.Ordinal));
        var (line, column) = FindLine(script.GetProperty("sourceMapURL").GetString()!, authorLine: 10);
        var breakpoint = await client.CallAsync("Debugger.setBreakpointByUrl", new { url = script.GetProperty("url").GetString(), lineNumber = line, columnNumber = column });
        breakpoint.GetProperty("locations").GetArrayLength().ShouldBe(1);

        var answer = server.Client.GetStringAsync("/f?name=Ada", Token);
        var paused = await client.WaitAsync("Debugger.paused");
        var frame = paused.GetProperty("callFrames")[0];
        frame.GetProperty("functionName").GetString().ShouldBe("fetch");
        var id = frame.GetProperty("callFrameId").GetString();
        (await EvaluateAsync(client, id, "visitor.name")).ShouldBe("Ada");
        await client.CallAsync("Debugger.stepOver");
        id = (await client.WaitAsync("Debugger.paused")).GetProperty("callFrames")[0].GetProperty("callFrameId").GetString();
        (await EvaluateAsync(client, id, "greeting")).ShouldBe("Hello Ada");
        await EvaluateAsync(client, id, "visitor.visits = ' from the debugger'");
        (await server.Client.GetStringAsync("/_jsrun", Token)).ShouldContain("\"tier\":\"Replay\",\"tierReason\":\"A debugger is attached");
        await client.CallAsync("Debugger.resume");

        (await answer).ShouldBe("Hello Ada from the debugger");
        (await client.WaitAsync("Runtime.consoleAPICalled")).GetProperty("args")[0].GetProperty("value").GetString().ShouldBe("greeted");
        (await client.CallAsync("Debugger.setScriptSource", new { scriptId = "1", scriptSource = "" })).GetProperty("message").GetString()!.ShouldContain("change the file");
    }

    [Fact]
    public async Task Debugger_ThatLeavesWhilePaused_LetsTheRequestGoOn()
    {
        await using var server = await StartAsync();
        var client = await DebugClient.ConnectAsync(await FindTargetAsync(server));
        using var second = await DebugClient.ConnectAsync(await FindTargetAsync(server));
        await client.CallAsync("Debugger.enable");
        await second.CallAsync("Runtime.enable");
        var script = await client.WaitAsync("Debugger.scriptParsed", static p => p.GetProperty("url").GetString()!.EndsWith("f.ts", StringComparison.Ordinal));
        var (line, column) = FindLine(script.GetProperty("sourceMapURL").GetString()!, authorLine: 10);
        await client.CallAsync("Debugger.setBreakpointByUrl", new { url = script.GetProperty("url").GetString(), lineNumber = line, columnNumber = column });
        var answer = server.Client.GetStringAsync("/f?name=Ada", Token);
        await client.WaitAsync("Debugger.paused");

        client.Dispose();

        (await answer).ShouldStartWith("Hello Ada");
        (await second.CallAsync("Runtime.evaluate", new { expression = "6 * 7" })).GetProperty("result").GetProperty("value").GetInt32().ShouldBe(42);
    }

    [Fact]
    public async Task ProfileCoverageAndHeapSnapshot_OfAFunction_NameTheAuthorsCode()
    {
        await using var server = await StartAsync();
        using var client = await DebugClient.ConnectAsync(await FindTargetAsync(server));
        await client.CallAsync("Profiler.enable");
        await client.CallAsync("Profiler.setSamplingInterval", new { interval = 50 });
        await client.CallAsync("Profiler.startPreciseCoverage", new { callCount = true, detailed = false });
        await client.CallAsync("Profiler.start");
        for (var i = 0; i < 20; i++)
        {
            (await server.Client.GetStringAsync("/f?name=Ada", Token)).ShouldStartWith("Hello Ada");
        }

        var profile = (await client.CallAsync("Profiler.stop")).GetProperty("profile");
        var coverage = await client.CallAsync("Profiler.takePreciseCoverage");
        await client.CallAsync("HeapProfiler.takeHeapSnapshot");

        profile.GetProperty("nodes").EnumerateArray().ShouldContain(static node => node.GetProperty("callFrame").GetProperty("url").GetString()!.EndsWith("f.ts", StringComparison.Ordinal));
        coverage.GetProperty("result").EnumerateArray().Where(static script => script.GetProperty("url").GetString()!.EndsWith("f.ts", StringComparison.Ordinal))
            .SelectMany(static script => script.GetProperty("functions").EnumerateArray()).ShouldContain(static function => function.GetProperty("functionName").GetString()!.EndsWith("fetch", StringComparison.Ordinal));
        (await client.WaitAsync("HeapProfiler.addHeapSnapshotChunk")).GetProperty("chunk").GetString().ShouldStartWith("{\"snapshot\":{\"meta\"");
    }

    [Fact]
    public async Task Endpoint_WithoutTheToken_OrFromElsewhere_DoesNotExist()
    {
        await using var server = await StartAsync();

        (await GetAsync(server, $"{Root}/json/version")).ShouldBe(HttpStatusCode.OK);
        (await GetAsync(server, $"{Root}/json", ("Origin", "devtools://devtools"))).ShouldBe(HttpStatusCode.OK);
        (await GetAsync(server, $"{Root}/json", ("Origin", server.Url.GetLeftPart(UriPartial.Authority)))).ShouldBe(HttpStatusCode.OK);
        (await GetAsync(server, $"{Root}/json", ("Origin", "https://evil.example"))).ShouldBe(HttpStatusCode.NotFound);
        (await GetAsync(server, $"{Root}/json", ("Origin", "null"))).ShouldBe(HttpStatusCode.NotFound);
        (await GetAsync(server, $"{Root}/json", ("Host", "evil.example"))).ShouldBe(HttpStatusCode.NotFound);
        (await GetAsync(server, "/_jsrun/inspector/another-token-01234/json")).ShouldBe(HttpStatusCode.NotFound);
        (await GetAsync(server, "/_jsrun/inspector/json/list")).ShouldBe(HttpStatusCode.NotFound);
        (await GetAsync(server, $"{Root}/0000")).ShouldBe(HttpStatusCode.NotFound);
        (await GetAsync(server, new Uri((await FindTargetAsync(server)).Replace("ws:", "http:", StringComparison.Ordinal)).AbsolutePath)).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Endpoint_OutsideDevelopment_IsOffAndAsksForAuthorization()
    {
        await using var off = await EdgeServer.ServeAsync(Code, static _ => { }, static app => app.MapJsInspector().AllowAnonymous(), ("Inspector:Token", Secret));
        await using var closed = await EdgeServer.ServeAsync(Code, static _ => { }, static app => app.MapJsInspector(), ("Inspector:Token", Secret), ("Inspector:Enabled", "true"));

        (await GetAsync(off, $"{Root}/json")).ShouldBe(HttpStatusCode.NotFound);
        (await GetAsync(closed, $"{Root}/json")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Target_WithoutTheNativeLayer_SaysWhy()
    {
        await using var server = await StartAsync(("Engine:Native", "Off"));

        var answer = await server.Client.GetAsync(new Uri((await FindTargetAsync(server)).Replace("ws:", "http:", StringComparison.Ordinal)), Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotImplemented);
        (await answer.Content.ReadAsStringAsync(Token)).ShouldContain("JsRun:Engine:Native is Off");
    }

    private static Task<EdgeServer> StartAsync(params (string, string)[] settings) => EdgeServer.ServeAsync(
        Code, static _ => { }, static app => app.MapJsInspector().AllowAnonymous(), [("Inspector:Token", Secret), ("Inspector:Enabled", "true"), ("Placement", "InProcess"), .. settings]);

    private static async Task<string> FindTargetAsync(EdgeServer server)
    {
        using var list = JsonDocument.Parse(await server.Client.GetStringAsync($"{Root}/json/list", Token));
        return list.RootElement[0].GetProperty("webSocketDebuggerUrl").GetString()!;
    }

    private static async Task<string?> EvaluateAsync(DebugClient client, string? frame, string expression) =>
        (await client.CallAsync("Debugger.evaluateOnCallFrame", new { callFrameId = frame, expression })).GetProperty("result").GetProperty("value").GetString();

    private static async Task<HttpStatusCode> GetAsync(EdgeServer server, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await server.Client.SendAsync(request, Token);
        return response.StatusCode;
    }

    // As a debugger does it: the first place of the compiled text that comes from the author's line, counted from 1.
    private static (int Line, int Column) FindLine(string url, int authorLine)
    {
        const string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        var map = JsonDocument.Parse(Convert.FromBase64String(url[(url.IndexOf(',', StringComparison.Ordinal) + 1)..])).RootElement;
        var source = 0;
        foreach (var (line, group) in map.GetProperty("mappings").GetString()!.Split(';').Index())
        {
            var column = 0;
            foreach (var segment in group.Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                List<int> numbers = [];
                var (number, shift) = (0, 0);
                foreach (var digit in segment.Select(c => digits.IndexOf(c, StringComparison.Ordinal)))
                {
                    number |= (digit & 31) << shift;
                    shift += 5;
                    if (digit < 32)
                    {
                        numbers.Add((number & 1) == 0 ? number >> 1 : -(number >> 1));
                        (number, shift) = (0, 0);
                    }
                }

                column += numbers[0];
                source += numbers[2];
                if (source == authorLine)
                {
                    return (line, column);
                }
            }
        }

        throw new InvalidOperationException($"Nothing comes from line {authorLine}.");
    }
}
