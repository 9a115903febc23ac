using System.Net;

namespace JsRun.AspNetCore.Tests.Kestrel;

[Collection(KestrelCollection.Name)]
public class IsolationTests
{
    private const string Polluter = """
        let count = 0;
        export default {
          fetch() {
            count++;
            globalThis.traces = (globalThis.traces ?? 0) + 1;
            Array.prototype.traces = ([].traces ?? 0) + 1;
            const seen = `${count} ${globalThis.traces} ${[].traces} ${Response.json.traces ?? 0}`;
            Response.json.traces = 1;
            return new Response(seen);
          },
        };
        """;

    [Fact]
    public async Task PerRequest_PollutingFunction_LeavesNoTrace()
    {
        await using var server = await EdgeServer.ServeAsync(Polluter, ("Isolation", "PerRequest"), ("Pool:MaxIsolates", "1"));

        await LeaveHardenedAsync(server, "f.ts");
        for (var i = 0; i < 20; i++)
        {
            (await server.GetStringAsync("/f")).ShouldBe("1 1 1 0");
        }
    }

    [Fact]
    public async Task Shared_ModuleVariable_CountsUp()
    {
        await using var server = await EdgeServer.ServeAsync(Polluter, ("Isolation", "Shared"), ("Pool:MaxIsolates", "1"));

        for (var i = 1; i <= 20; i++)
        {
            (await server.GetStringAsync("/f")).ShouldStartWith($"{i} {i} {i} ");
        }
    }

    [Fact]
    public async Task PerRequest_TwoFunctions_ShareNothing()
    {
        await using var server = await EdgeServer.StartAsync(new() { ["a.ts"] = Polluter, ["b.ts"] = Polluter }, ("Pool:MaxIsolates", "1"));

        await LeaveHardenedAsync(server, "a.ts");
        await LeaveHardenedAsync(server, "b.ts");
        (await server.GetStringAsync("/a")).ShouldBe("1 1 1 0");
        (await server.GetStringAsync("/b")).ShouldBe("1 1 1 0");
    }

    // The first request fails where it changes a frozen built-in, and shows that the function needs contexts of its own.
    private static async Task LeaveHardenedAsync(EdgeServer server, string file)
    {
        var function = server.Host.Functions.Single(f => f.Descriptor.File == file);
        if (function.Tier == JsImageTier.Hardened)
        {
            (await server.Client.GetAsync($"/{Path.GetFileNameWithoutExtension(file)}", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
            await server.Log.WaitForAsync(e => e.Text.StartsWith($"{function.Descriptor.Name} is no longer served from hardened contexts.", StringComparison.Ordinal));
        }
    }
}
