namespace JsRun.Hosting.Tests.WebApi.Caches;

/// <summary>The <c>caches</c> of functions: shared by a pool group, and by nobody else.</summary>
public sealed class CachesTests(SharedFunctionApp shared) : IClassFixture<SharedFunctionApp>
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

    // Three responses under keys that differ in query and language, and what each call finds.
    [Theory]
    [InlineData("text(await cache.match('http://a/x?q'))", "\"q\"")]
    [InlineData("text(await cache.match('http://a/x'))", "null")]
    [InlineData("text(await cache.match(new Request('http://a/x', { headers: { lang: 'en' } })))", "\"en\"")]
    [InlineData("text(await cache.match('http://a/x', { ignoreVary: true }))", "\"de\"")]
    [InlineData("(await cache.matchAll('http://a/x', { ignoreSearch: true, ignoreVary: true })).length", "3")]
    [InlineData("(await cache.matchAll()).length", "3")]
    [InlineData("text(await cache.match(new Request('http://a/x?q', { method: 'HEAD' })))", "null")]
    [InlineData("text(await cache.match(new Request('http://a/x?q', { method: 'HEAD' }), { ignoreMethod: true }))", "\"q\"")]
    [InlineData("(await cache.keys()).map((r) => r.url + (r.headers.get('lang') ?? ''))", "[\"http://a/x?q#f\",\"http://a/xde\",\"http://a/xen\"]")]
    [InlineData("[await cache.delete('http://a/x', { ignoreVary: true }), await cache.delete('http://a/x', { ignoreVary: true }), (await cache.keys()).length]", "[true,false,1]")]
    [InlineData("caches.keys()", "[\"methods\"]")]
    [InlineData("[await caches.has('methods'), await caches.has('none')]", "[true,false]")]
    [InlineData("text(await caches.match('http://a/x?q'))", "\"q\"")]
    [InlineData("text(await caches.match('http://a/x?q', { cacheName: 'none' }))", "null")]
    [InlineData("name(() => cache.put('data:,x', new Response()))", "\"TypeError\"")]
    [InlineData("name(() => cache.put(new Request('http://a/', { method: 'POST' }), new Response()))", "\"TypeError\"")]
    [InlineData("name(() => cache.put('http://a/', new Response(null, { status: 206 })))", "\"TypeError\"")]
    [InlineData("name(() => cache.put('http://a/', new Response('', { headers: { vary: 'x, *' } })))", "\"TypeError\"")]
    [InlineData("name(() => cache.put('http://a/', used))", "\"TypeError\"")]
    [InlineData("name(() => cache.put('http://a/', {}))", "\"TypeError\"")]
    [InlineData("[await caches.delete('methods'), await caches.delete('methods')]", "[true,false]")]
    [InlineData("caches.default instanceof Cache", "true")]
    public async Task Cache_Method_DoesWhatTheStandardSays(string call, string expected)
    {
        var function = await shared.App.HandleAsync($$"""
            for (const key of await caches.keys()) await caches.delete(key);
            const name = (f) => f().then(() => 'taken', (e) => e.name);
            const cache = await caches.open('methods');
            const text = async (response) => response === undefined ? null : response.text();
            await cache.put('http://a/x?q#f', new Response('q'));
            await cache.put(new Request('http://a/x', { headers: { lang: 'de' } }), new Response('de', { headers: { vary: 'Lang' } }));
            await cache.put(new Request('http://a/x', { headers: { lang: 'en' } }), new Response('en', { headers: { vary: 'lang' } }));
            const used = new Response('used');
            await used.text();
            return Response.json(await ({{call}}));
            """);

        (await function.GetAsync()).ShouldBe(expected);
    }

    [Theory]
    [InlineData("await caches.open(odd), (await caches.keys())[0] === odd", "true")]
    [InlineData("await caches.open(''), (await caches.keys())[0]", "\"\"")]
    [InlineData("await caches.open(odd), [await caches.has(odd), await caches.has(odd.toWellFormed())]", "[true,false]")]
    [InlineData("await caches.default.put('http://a/error', Response.error()), await caches.default.match('http://a/error').then((e) => [e.type, e.status, e.body])", "[\"error\",0,null]")]
    [InlineData("await caches.default.addAll([same, same]).catch((e) => e.name)", "\"InvalidStateError\"")]
    public async Task Cache_EdgeCase_DoesWhatTheStandardSays(string call, string expected)
    {
        var function = await shared.App.HandleAsync($$"""
            for (const key of await caches.keys()) await caches.delete(key);
            const odd = 'a,\ud800\n', same = new Request('http://a/');
            return Response.json(({{call}}));
            """);

        (await function.GetAsync()).ShouldBe(expected);
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
