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

        (await server.GetStringAsync("/a")).ShouldBe("1 1 1 0");
        (await server.GetStringAsync("/b")).ShouldBe("1 1 1 0");
    }
}
