using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace JsRun.AspNetCore.Tests.Kestrel;

[Collection(KestrelCollection.Name)]
public class ReloadTests
{
    private static readonly (string, string) Watch = ("Functions:Watch", "true");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("PerRequest")]
    [InlineData("Shared")]
    public async Task Watch_ChangedFile_ServesTheNewVersionWithoutADroppedRequest(string isolation)
    {
        await using var server = await EdgeServer.StartAsync(new() { ["f.ts"] = Version("one") }, Watch, ("Isolation", isolation));

        var seen = HammerUntilAsync(server, "two");
        // As an editor saves: emptied, then written anew.
        server.Folder.Write("f.ts", "").Write("f.ts", Version("two"));

        (await seen).ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task Watch_AtomicSave_ServesTheNewVersion()
    {
        await using var server = await EdgeServer.StartAsync(new() { ["f.ts"] = Version("one") }, Watch);

        var seen = HammerUntilAsync(server, "two");
        server.Folder.Write("f.ts.tmp", Version("two"));
        File.Move(server.Folder["f.ts.tmp"], server.Folder["f.ts"], overwrite: true);

        (await seen).ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task Watch_ChangedImport_ServesTheNewVersion()
    {
        await using var server = await EdgeServer.StartAsync(
            new() { ["f.ts"] = "import { text } from './_lib/text.ts'; export default { fetch: () => new Response(text) };", ["_lib/text.ts"] = "export const text = 'one';" }, Watch);

        var seen = HammerUntilAsync(server, "two");
        server.Folder.Write("_lib/text.ts", "export const text = 'two';");

        (await seen).ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task Watch_RequestInFlight_FinishesOnTheOldVersion()
    {
        const string Slow = "export default { async fetch(request) { if (request.url.endsWith('?slow')) await fetch(new URL('/gate/slow', request.url)); return new Response('one'); } };";
        await using var server = await EdgeServer.StartAsync(new() { ["f.ts"] = Slow }, Watch);
        var inFlight = server.GetStringAsync("/f?slow");
        await server.Gates.ReachedAsync("slow");

        var seen = HammerUntilAsync(server, "two");
        server.Folder.Write("f.ts", Version("two"));
        await seen;
        server.Gates.Open("slow");

        (await inFlight).ShouldBe("one");
    }

    [Fact]
    public async Task Watch_BrokenVersion_KeepsTheOldServingAndSaysWhy()
    {
        await using var server = await EdgeServer.StartAsync(new() { ["f.ts"] = Version("one") }, Watch);

        server.Folder.Write("f.ts", "export default {\n  fetch( {\n};");
        var entry = await server.Log.WaitForAsync(e => e.Id == 202);

        entry.Text.ShouldContain("f.ts");
        (await server.GetStringAsync("/f")).ShouldBe("one");
        var status = await server.GetStringAsync("/_jsrun");
        status.ShouldContain("\"generation\":1");
        status.ShouldContain("\"state\":\"Ready\"");
        status.ShouldContain("\"error\":\"");

        var seen = HammerUntilAsync(server, "two");
        server.Folder.Write("f.ts", Version("two"));
        (await seen).ShouldContain("two");
        (await server.GetStringAsync("/_jsrun")).ShouldContain("\"error\":null");
    }

    [Fact]
    [Trait("Clock", "real")]
    public async Task Watch_NewAndRemovedFile_ComesAndGoes()
    {
        await using var server = await EdgeServer.StartAsync(new() { ["f.ts"] = Version("one") }, Watch);

        var changed = RoutesChangeAsync(server);
        server.Folder.Write("users/[id].ts", "export default { fetch: (request, env, ctx) => new Response(ctx.params.id) };");
        await changed;
        (await server.GetStringAsync("/users/7")).ShouldBe("7");

        changed = RoutesChangeAsync(server);
        File.Delete(server.Folder["f.ts"]);
        await changed;
        (await server.GetAsync("/f")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await server.GetStringAsync("/users/7")).ShouldBe("7");
    }

    private static string Version(string text) => $"export default {{ fetch: () => new Response('{text}') }};";

    private static async Task RoutesChangeAsync(EdgeServer server)
    {
        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = ChangeToken.OnChange(server.App.Services.GetRequiredService<EndpointDataSource>().GetChangeToken, () => changed.TrySetResult());
        await changed.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
    }

    /// <summary>Asks again and again, four at a time; every answer must be 200.</summary>
    /// <returns>The answers, each once, in the order in which they came first.</returns>
    private static async Task<List<string>> HammerUntilAsync(EdgeServer server, string last)
    {
        var seen = new List<string>();
        using var wedged = CancellationTokenSource.CreateLinkedTokenSource(Token);
        wedged.CancelAfter(TimeSpan.FromSeconds(30));
        while (!seen.Contains(last))
        {
            wedged.Token.ThrowIfCancellationRequested();
            foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => server.GetStringAsync("/f"))))
            {
                if (!seen.Contains(answer))
                {
                    seen.Add(answer);
                }
            }
        }

        return seen;
    }
}
