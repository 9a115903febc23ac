namespace JsRun.Hosting.Tests.WebApi.Caches;

/// <summary>The <c>caches</c> of functions: shared by a pool group, and by nobody else.</summary>
public sealed class CachesTests
{
    private const string Use = """
        const cache = await caches.open('shared');
        const key = 'http://key/' + url.pathname;
        const known = await cache.match(key);
        if (known !== undefined) return new Response(`known: ${await known.text()}`, known);
        await cache.put(key, new Response('made', { status: 203, headers: { 'x-made': '1', 'set-cookie': 'a=1' } }));
        return new Response('new');
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Match_AcrossRequestsAndFunctions_FindsWhatTheGroupKeeps()
    {
        await using var app = await FunctionApp.StartAsync();
        var first = await app.HandleAsync(Use);
        var second = await app.HandleAsync(Use);

        (await first.GetAsync("/a")).ShouldBe("new");
        await using var response = await second.InvokeAsync(EdgeFunctionCalls.Get("/a"), Token).InTime();

        response.Status.ShouldBe(203);
        response.Headers.ShouldContain("x-made\n1\n");
        (await response.ReadTextAsync()).ShouldBe("known: made");
    }

    [Fact]
    public async Task Match_OfAnotherGroup_FindsNothing()
    {
        await using var app = await FunctionApp.StartAsync(o => o.Groups["other"] = new JsRunGroupOptions());
        app.Write("f.js", $"export default {{ async fetch(request) {{ const url = new URL(request.url); {Use} }} }}");
        var mine = await app.DeployFileAsync("f.js", "");
        var theirs = await app.DeployFileAsync("f.js", "other");

        (await mine.GetAsync("/a")).ShouldBe("new");
        (await theirs.GetAsync("/a")).ShouldBe("new");
        (await theirs.GetAsync("/a")).ShouldBe("known: made");
    }

    [Fact]
    public async Task Cache_Methods_DoWhatTheStandardSays()
    {
        await using var app = await FunctionApp.StartAsync();
        var function = await app.HandleAsync("""
            const name = (f) => f().then(() => 'taken', (e) => e.name);
            const cache = await caches.open('methods');
            const text = async (response) => response === undefined ? null : response.text();
            await cache.put('http://a/x?q#f', new Response('q'));
            await cache.put(new Request('http://a/x', { headers: { lang: 'de' } }), new Response('de', { headers: { vary: 'Lang' } }));
            await cache.put(new Request('http://a/x', { headers: { lang: 'en' } }), new Response('en', { headers: { vary: 'lang' } }));
            const used = new Response('used');
            await used.text();
            const results = [
              await text(await cache.match('http://a/x?q')), await text(await cache.match('http://a/x')), await text(await cache.match(new Request('http://a/x', { headers: { lang: 'en' } }))),
              await text(await cache.match('http://a/x', { ignoreVary: true })), (await cache.matchAll('http://a/x', { ignoreSearch: true, ignoreVary: true })).length, (await cache.matchAll()).length,
              await text(await cache.match(new Request('http://a/x?q', { method: 'HEAD' }))), await text(await cache.match(new Request('http://a/x?q', { method: 'HEAD' }), { ignoreMethod: true })),
              (await cache.keys()).map((r) => r.url + (r.headers.get('lang') ?? '')),
              await cache.delete('http://a/x', { ignoreVary: true }), await cache.delete('http://a/x', { ignoreVary: true }), (await cache.keys()).length,
              await caches.keys(), await caches.has('methods'), await caches.has('none'), await text(await caches.match('http://a/x?q')), await text(await caches.match('http://a/x?q', { cacheName: 'none' })),
              await name(() => cache.put('data:,x', new Response())), await name(() => cache.put(new Request('http://a/', { method: 'POST' }), new Response())), await name(() => cache.put('http://a/', new Response(null, { status: 206 }))),
              await name(() => cache.put('http://a/', new Response('', { headers: { vary: 'x, *' } }))), await name(() => cache.put('http://a/', used)), await name(() => cache.put('http://a/', {})),
              await caches.delete('methods'), await caches.delete('methods'), caches.default instanceof Cache,
            ];
            return Response.json(results);
            """);

        (await function.GetAsync()).ShouldBe("""
            ["q",null,"en","de",3,3,null,"q",["http://a/x?q#f","http://a/xde","http://a/xen"],true,false,1,["methods"],true,false,"q",null,"TypeError","TypeError","TypeError","TypeError","TypeError","TypeError",true,false,true]
            """.Trim());
    }

    [Fact]
    public async Task Cache_EdgeCases_DoWhatTheStandardSays()
    {
        await using var app = await FunctionApp.StartAsync();
        var function = await app.HandleAsync("""
            const odd = 'a,\ud800\n', converted = odd.toWellFormed();
            await caches.open(odd);
            const cache = await caches.open('');
            const [first, second] = await caches.keys();
            await cache.put('http://a/error', Response.error());
            const error = await cache.match('http://a/error');
            const same = new Request('http://a/');
            const twice = await cache.addAll([same, same]).catch((e) => e.name);
            return Response.json([first === odd, second, await caches.has(odd), await caches.has(converted), error.type, error.status, error.body, twice]);
            """);

        (await function.GetAsync()).ShouldBe("""[true,"",true,false,"error",0,null,"InvalidStateError"]""");
    }

    [Fact]
    public async Task MaxCacheBytes_LargerResponse_IsAQuotaErrorAndJustUnderPasses()
    {
        await using var app = await FunctionApp.StartAsync(o => o.Limits.MaxCacheBytes = 100_000);
        var function = await app.HandleAsync("""
            const put = (size) => caches.default.put('http://a/' + size, new Response(new Uint8Array(size))).then(() => 'kept', (e) => `${e.name}: ${e.message}`);
            return Response.json([await put(100_001), await put(99_000), await put(98_000), (await caches.default.keys()).length]);
            """);

        foreach (var _ in new[] { 1, 2 })
        {
            var answer = await function.GetAsync();

            answer.ShouldStartWith("[\"QuotaExceededError: ");
            answer.ShouldContain("JsRun:Limits:MaxCacheBytes");
            answer.ShouldEndWith("\"kept\",\"kept\",1]");
        }
    }
}
