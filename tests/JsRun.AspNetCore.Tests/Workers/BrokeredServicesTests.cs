using System.Text.Json;
using JsRun.AspNetCore.Tests.Kestrel;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace JsRun.AspNetCore.Tests.Workers;

/// <summary>Bindings, ops, caches and broadcast channels of functions in worker processes: the host's.</summary>
[Collection(KestrelCollection.Name)]
public sealed class BrokeredServicesTests
{
    private const string Function =
        """
        const tell = (e) => `${e.name}|${e.code}|${e.message}`;
        export default {
          async fetch(request, env) {
            const host = env.host;
            const odd = { text: 'a\ud800', bytes: new Uint8Array([1, 2]), when: new Date(5), map: new Map([[1, 'one']]), nothing: undefined, big: 2n ** 70n };
            const attempt = async (call) => { try { return await call(); } catch (e) { return tell(e); } };
            const results = [
              host.add(2, 3),
              Object.prototype.toString.call(host.later(1)),
              await host.later(1),
              await attempt(() => host.same(odd)).then((v) => [v.text === 'a\ud800', [...v.bytes], v.when.getTime(), v.map.get(1), 'nothing' in v, String(v.big)]),
              await attempt(() => host.fails()),
              await attempt(() => host.refuses()),
              await attempt(() => host.add('x', 1)),
              await attempt(() => host.same(() => 1)),
              await attempt(() => host.stream()),
              host.data.limit,
              (await attempt(() => host.id())).length > 0,
              env.audit === undefined ? 'none' : await attempt(() => env.audit.write('x')),
              await attempt(() => env['files.read']('a.txt')),
              await attempt(() => env['files.write']('a.txt')),
              env.counter.value, (env.counter.value = 7, env.counter.value), env.counter.next(),
            ];
            return Response.json(results);
          },
        };
        """;

    private static readonly (string, string)[] OutOfProcess = [("Placement", "OutOfProcess"), ("Pool:MinIsolates", "1"), ("Pool:MaxIsolates", "2"), ("Permissions:1", "op:files.read")];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bindings_OutOfProcess_AreCalledInTheHostAsInProcess()
    {
        var denials = new List<JsPermissionDenial>();
        var answers = new List<string>();
        foreach (var placement in (string[])["InProcess", "OutOfProcess"])
        {
            await using var server = await EdgeServer.ServeAsync(Function, builder => Bind(builder, denials), static _ => { }, [.. OutOfProcess.Skip(1), ("Placement", placement)]);
            using var response = await server.GetAsync("/f");
            response.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK, string.Join('\n', server.Log.Entries.Where(static e => e.Level >= Microsoft.Extensions.Logging.LogLevel.Warning)));
            answers.Add(await response.Content.ReadAsStringAsync(Token));
            server.Log.Entries.Count(static e => e.Text.Contains("host.fails", StringComparison.Ordinal) && e.Level == Microsoft.Extensions.Logging.LogLevel.Warning).ShouldBe(1, placement);
        }

        using var inside = JsonDocument.Parse(answers[0]);
        using var outside = JsonDocument.Parse(answers[1]);
        // A stream cannot cross the processes; nothing else differs.
        int[] unshared = [8];
        var values = outside.RootElement.EnumerateArray().Select(static v => v.GetRawText()).ToArray();
        values.Where((_, i) => !unshared.Contains(i)).ShouldBe(inside.RootElement.EnumerateArray().Select(static v => v.GetRawText()).Where((_, i) => !unshared.Contains(i)));
        values[0].ShouldBe("5");
        values[3].ShouldBe("""[true,[1,2],5,"one",true,"1180591620717411303424"]""");
        values[4].ShouldContain("The host function 'host.fails' failed.");
        values[8].ShouldContain("does not cross between the processes");
        values[12].ShouldBe("\"content of a.txt\"");
        values[13].ShouldContain("op:files.write");
        denials.Select(static d => (d.Permission, d.Function, d.RequestId is { Length: > 0 })).ShouldBe([("op:files.write", "/f", true), ("op:files.write", "/f", true)]);
    }

    [Fact]
    public async Task Binding_ThatHoldsAStream_EndsTheStartWithItsName()
    {
        var error = await Should.ThrowAsync<OptionsValidationException>(() => EdgeServer.ServeAsync(
            Function, static builder => builder.Services.AddJsRun().AddBinding("files", new Dictionary<string, object?> { ["inner"] = new MemoryStream() }, JsPermission.None, group: null), static _ => { }, OutOfProcess));

        error.Message.ShouldContain("JsRun:Placement is 'OutOfProcess'");
        error.Message.ShouldContain("'files.inner'");
    }

    [Fact]
    public async Task CachesAndChannels_OfSeveralWorkers_AreTheGroups()
    {
        const string code =
            """
            export default {
              async fetch(request) {
                const url = new URL(request.url);
                const cache = await caches.open('c\ud800');
                if (url.searchParams.has('put')) {
                  await cache.put('https://example.com/a', new Response('x'.repeat(300000), { headers: { 'x-put': 'yes' } }));
                  await fetch(url.searchParams.get('put'));
                  new BroadcastChannel('news\ud800').postMessage('hello\ud800');
                  return new Response('put');
                }
                if (url.searchParams.has('listen')) {
                  const news = new BroadcastChannel('news\ud800');
                  const heard = new Promise((resolve) => { news.onmessage = (e) => resolve(e.data === 'hello\ud800' ? 'heard' : 'garbled'); });
                  await fetch(url.searchParams.get('listen'));
                  return new Response(await heard);
                }
                const found = await cache.match('https://example.com/a');
                const names = await caches.keys();
                return Response.json([names.length, names[0] === 'c\ud800', found?.headers.get('x-put') ?? null, (await found?.text())?.length ?? 0, await caches.has('nothing'), await cache.delete('https://example.com/a')]);
              },
            };
            """;
        await using var server = await EdgeServer.StartAsync(new() { ["one.js"] = code, ["two.js"] = code }, [.. OutOfProcess, ("Workers:Count", "2"), ("Isolation", "Shared")]);

        // Each function has a worker of its own.
        server.Gates.Open("listen");
        server.Gates.Open("put");
        var listening = server.GetStringAsync($"/one?listen={new Uri(server.Url, "/gate/listen")}");
        await server.Gates.ReachedAsync("listen");
        (await server.GetStringAsync($"/two?put={new Uri(server.Url, "/gate/put")}")).ShouldBe("put");
        (await listening).ShouldBe("heard");
        (await server.GetStringAsync("/one")).ShouldBe("""[1,true,"yes",300000,false,true]""");
        (await server.GetStringAsync("/two")).ShouldBe("[1,true,null,0,false,false]");
        using var status = JsonDocument.Parse(await server.GetStringAsync("/_jsrun"));
        status.RootElement.GetProperty("workers").EnumerateArray().Count(static w => w.GetProperty("state").GetString() == "Ready").ShouldBe(2);
    }

    private static void Bind(WebApplicationBuilder builder, List<JsPermissionDenial> denials)
    {
        builder.Services.AddJsRun()
            .OnPermissionDenied(denials.Add)
            .AddBinding("host", new Dictionary<string, object?>
            {
                ["add"] = (int a, int b) => a + b,
                ["later"] = async (int value) =>
                {
                    await Task.Yield();
                    return value + 1;
                },
                ["same"] = (object? value) => value,
                ["fails"] = object () => throw new InvalidOperationException("secret"),
                ["refuses"] = object () => throw new JsHostException("not now") { Code = "busy" },
                ["stream"] = () => new MemoryStream([1]),
                ["id"] = (JsHostCall call) => call.RequestId,
                ["data"] = new Dictionary<string, object?> { ["limit"] = 12 },
            }, JsPermission.None, group: null)
            .AddBinding("counter", new Counter(), JsPermission.None, group: null)
            .AddOp("files.read", (string name) => $"content of {name}")
            .AddOp("files.write", (string name) => name);
    }

    private sealed class Counter : IJsExportable
    {
        private int _value = 3;

        public void Export(JsExports exports) => exports
            .AddProperty("value", () => _value, call => _value = call.GetArgument<int>(0))
            .AddFunction("next", _ => ++_value);
    }
}
