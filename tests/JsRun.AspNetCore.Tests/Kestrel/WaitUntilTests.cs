namespace JsRun.AspNetCore.Tests.Kestrel;

[Collection(KestrelCollection.Name)]
public class WaitUntilTests
{
    private const string Code = """
        export default {
          fetch(request, env, ctx) {
            ctx.waitUntil((async () => {
              await fetch(new URL('/gate/background', request.url));
              console.log('background done');
            })());
            return new Response('at once');
          },
        };
        """;

    [Theory]
    [InlineData("PerRequest")]
    [InlineData("Shared")]
    public async Task WaitUntil_WorkAfterTheResponse_IsFinished(string isolation)
    {
        await using var server = await EdgeServer.ServeAsync(Code, ("Isolation", isolation));

        (await server.GetStringAsync("/f")).ShouldBe("at once");
        await server.Gates.ReachedAsync("background");
        server.Log.Entries.ShouldNotContain(e => e.Text.Contains("background done"));
        server.Gates.Open("background");

        await server.Log.WaitForAsync(e => e.Text.Contains("background done"));
    }

    [Fact]
    public async Task WaitUntil_Rejection_IsLoggedAndChangesNoStatus()
    {
        await using var server = await EdgeServer.ServeAsync("export default { fetch(request, env, ctx) { ctx.waitUntil(Promise.reject(new Error('in the background'))); return new Response('ok'); } };");

        (await server.GetStringAsync("/f")).ShouldBe("ok");
        await server.Log.WaitForAsync(e => e.Text.Contains("in the background"));
    }
}
