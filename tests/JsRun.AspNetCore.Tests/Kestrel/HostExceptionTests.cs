using System.Net;

namespace JsRun.AspNetCore.Tests.Kestrel;

/// <summary><c>throw { hostException: 1 }</c> kills a process whose host lets it out of V8.</summary>
[Collection(KestrelCollection.Name)]
public class HostExceptionTests
{
    private const string Bomb = "{ hostException: 1 }";

    [Theory]
    [InlineData($"throw {Bomb};")]
    [InlineData($"await Promise.reject({Bomb});")]
    [InlineData($"await null; throw {Bomb};")]
    public async Task TopLevel_HostException_FailsTheDeployment(string code)
    {
        await using var server = await EdgeServer.StartAsync(new()
        {
            ["bomb.ts"] = code + " export default { fetch() {} };",
            ["ok.ts"] = "export default { fetch: () => new Response('ok') };",
        });

        (await server.GetAsync("/bomb")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await server.GetStringAsync("/ok")).ShouldBe("ok");
    }

    [Theory]
    [InlineData($"throw {Bomb};")]
    [InlineData($"return Promise.reject({Bomb});")]
    [InlineData($"return {{ then() {{ throw {Bomb}; }} }};")]
    [InlineData($"return new Proxy({{}}, {{ get() {{ throw {Bomb}; }} }});")]
    [InlineData($"throw new Proxy({{}}, {{ get() {{ throw {Bomb}; }} }});")]
    [InlineData($"throw Object.assign(new Error('x'), {Bomb});")]
    [InlineData($"Object.defineProperty(Error.prototype, 'hostException', {{ value: 1 }}); throw new Error('x');")]
    [InlineData($"Error.prepareStackTrace = () => {{ throw {Bomb}; }}; throw new Error('x');")]
    public async Task Handler_HostException_IsAClean500(string code)
    {
        await using var server = await EdgeServer.ServeAsync($$"""export default { fetch(request) { if (request.url.endsWith('?ok')) return new Response('ok'); {{code}} } };""");

        (await server.GetAsync("/f")).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await server.GetStringAsync("/f?ok")).ShouldBe("ok");
    }

    [Fact]
    public async Task Background_RejectionThatNobodyHandles_HarmsNobody()
    {
        await using var server = await EdgeServer.ServeAsync($$"""
            export default {
              async fetch() {
                Promise.reject({{Bomb}});
                setTimeout(() => Promise.reject({{Bomb}}), 0);
                await new Promise((resolve) => setTimeout(resolve, 20));
                return new Response('ok');
              },
            };
            """);

        (await server.GetStringAsync("/f")).ShouldBe("ok");
        (await server.GetStringAsync("/f")).ShouldBe("ok");
    }

    [Theory]
    [InlineData($"setTimeout(() => {{ throw {Bomb}; }}, 0);")]
    [InlineData($"queueMicrotask(() => {{ throw {Bomb}; }});")]
    [InlineData($"request.signal.addEventListener('abort', () => {{ throw {Bomb}; }}); const e = new EventTarget(); e.addEventListener('x', () => {{ throw {Bomb}; }}); e.dispatchEvent(new Event('x'));")]
    public async Task Background_HostException_IsALogLine(string code)
    {
        await using var server = await EdgeServer.ServeAsync($$"""
            export default {
              async fetch(request) {
                {{code}}
                await new Promise((resolve) => setTimeout(resolve, 20));
                return new Response('ok');
              },
            };
            """);

        (await server.GetStringAsync("/f")).ShouldBe("ok");
        await server.Log.WaitForAsync(e => e.Category.StartsWith("JsRun", StringComparison.Ordinal) && e.Text.Contains("Uncaught"));
    }
}
