using Microsoft.Extensions.DependencyInjection;

namespace JsRun.Hosting.Tests.WebApi.Caches;

/// <summary><see cref="IJsCacheStore"/> as a service of the application.</summary>
public sealed class CacheStoreServiceTests(StoredFunctionApp stored) : IClassFixture<StoredFunctionApp>
{
    private const string Match = "return new Response(await (await caches.open('a')).match('http://a/').then((r) => r?.text() ?? 'none', (e) => `${e.name}: ${e.message}`));";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // The cache has three responses, under keys that differ in query and language.
    [Theory]
    [InlineData("text(await cache.match('http://a/x?q'))", "\"q\"")]
    [InlineData("text(await cache.match('http://a/x'))", "null")]
    [InlineData("text(await cache.match(new Request('http://a/x', { headers: { lang: 'en' } })))", "\"en\"")]
    [InlineData("(await cache.matchAll('http://a/x', { ignoreSearch: true, ignoreVary: true })).length", "3")]
    [InlineData("(await cache.keys()).map((r) => r.url + (r.headers.get('lang') ?? ''))", "[\"http://a/x?q#f\",\"http://a/xde\",\"http://a/xen\"]")]
    [InlineData("[await cache.delete('http://a/x', { ignoreVary: true }), await cache.delete('http://a/x', { ignoreVary: true }), (await cache.keys()).length]", "[true,false,1]")]
    [InlineData("[await caches.has('kept'), await caches.has('none'), await caches.keys()]", "[true,false,[\"kept\"]]")]
    [InlineData("[await caches.delete('kept'), await caches.delete('kept'), (await cache.keys()).length]", "[true,false,0]")]
    [InlineData("text(await caches.match('http://a/x?q'))", "\"q\"")]
    [InlineData("[await caches.default.put('http://a/', new Response('d')), await text(await caches.match('http://a/', { cacheName: 'default' }))]", "[null,\"d\"]")]
    [InlineData("Promise.all(Array.from({ length: 300 }, () => cache.match('http://a/x?q').then(text))).then((all) => all.every((one) => one === 'q'))", "true")]
    [InlineData("cache.put('http://a/large', new Response(large)).then(() => cache.match('http://a/large')).then((r) => r.bytes()).then((all) => all.length === large.length && all.every((b, i) => b === large[i]))", "true")]
    [InlineData("cache.put('http://a/', new Response(new Uint8Array(300_001))).catch((e) => e.name)", "\"QuotaExceededError\"")]
    [InlineData("caches.open('full').catch((e) => e.name)", "\"QuotaExceededError\"")]
    public async Task Caches_OfAStore_DoWhatTheStandardSays(string call, string expected)
    {
        var function = await stored.App.HandleAsync($$"""
            for (const key of await caches.keys()) await caches.delete(key);
            const cache = await caches.open('kept');
            const text = async (response) => response === undefined ? null : response.text();
            const large = new Uint8Array(200_000).map((_, i) => i % 251);
            await cache.put('http://a/x?q#f', new Response('q'));
            await cache.put(new Request('http://a/x', { headers: { lang: 'de' } }), new Response('de', { headers: { vary: 'Lang' } }));
            await cache.put(new Request('http://a/x', { headers: { lang: 'en' } }), new Response('en', { headers: { vary: 'lang' } }));
            return Response.json(await ({{call}}));
            """);

        (await function.GetAsync()).ShouldBe(expected);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task MatchAsync_Throws_IsAnErrorOfTheScriptAndTheLogHasTheException(bool synchronously)
    {
        var broken = new IOException("the password is secret");
        await using var app = await FunctionApp.StartAsync(services: services => services.AddSingleton<IJsCacheStore>(new StubCacheStore(async _ =>
        {
            if (!synchronously)
            {
                await Task.Yield();
            }

            throw broken;
        })));

        (await (await app.HandleAsync(Match)).GetAsync()).ShouldBe("UnknownError: The cache store failed: IOException.");
        app.Logs.Entries.ShouldContain(e => e.Id == 145 && e.Exception == broken);
    }

    [Fact]
    public async Task MatchAsync_ThrowsForScripts_TellsThem()
    {
        await using var app = await FunctionApp.StartAsync(services: services => services.AddSingleton<IJsCacheStore>(new StubCacheStore(static _ => throw new JsHostException("closed for today"))));

        (await (await app.HandleAsync(Match)).GetAsync()).ShouldBe("UnknownError: The cache store failed: closed for today");
    }

    [Fact]
    public async Task MatchAsync_EntriesThatNoScriptCanHavePut_AreFailuresOfTheStore()
    {
        JsCacheEntry entry = new() { Url = "http://a/", Status = 99 };
        await using var app = await FunctionApp.StartAsync(services: services => services.AddSingleton<IJsCacheStore>(new StubCacheStore(_ => ValueTask.FromResult<IReadOnlyList<JsCacheEntry>>([entry]))));
        var function = await app.HandleAsync(Match);

        (await function.GetAsync()).ShouldBe("UnknownError: The cache store failed: InvalidDataException.");
        entry = new() { Url = "http://a/", Status = 200, Headers = [new("x", "1\nset-cookie\nadmin=1")] };
        (await function.GetAsync()).ShouldBe("UnknownError: The cache store failed: InvalidDataException.");
        entry = new() { Url = "http://a/", Status = 200, Body = "found"u8.ToArray() };
        (await function.GetAsync()).ShouldBe("found");
    }

    [Theory]
    [InlineData(JsIsolation.PerRequest)]
    [InlineData(JsIsolation.Shared)]
    [Trait("Clock", "real")]
    public async Task MatchAsync_NeverAnswers_EndsWithTheTimeLimitAndIsCancelled(JsIsolation isolation)
    {
        var cancelled = new TaskCompletionSource();
        await using var app = await FunctionApp.StartAsync(
            o =>
            {
                o.Isolation = isolation;
                o.Limits.Timeout = TimeSpan.FromMilliseconds(100);
            },
            services: services => services.AddSingleton<IJsCacheStore>(new StubCacheStore(async token =>
            {
                token.Register(cancelled.SetResult);
                await new TaskCompletionSource().Task;
                return [];
            })));
        var function = await app.HandleAsync(Match);

        await Should.ThrowAsync<JsTimeoutException>(() => function.GetAsync().InTime());

        await cancelled.Task.InTime();
        await app.LeasesReturnedAsync();
    }

    [Fact]
    public async Task Store_KeyedByGroup_IsForThatGroup()
    {
        static ValueTask<IReadOnlyList<JsCacheEntry>> Found(string body) =>
            ValueTask.FromResult<IReadOnlyList<JsCacheEntry>>([new JsCacheEntry { Url = "http://a/", Status = 200, Body = System.Text.Encoding.UTF8.GetBytes(body) }]);
        await using var app = await FunctionApp.StartAsync(
            o => o.Groups["tenant"] = new JsRunGroupOptions(),
            services: services => services.AddSingleton<IJsCacheStore>(new StubCacheStore(_ => Found("everybody's"))).AddKeyedSingleton<IJsCacheStore>("tenant", new StubCacheStore(_ => Found("theirs"))));
        app.Write("f.js", $"export default {{ async fetch() {{ {Match} }} }}");

        (await (await app.DeployFileAsync("f.js", "tenant")).GetAsync()).ShouldBe("theirs");
        (await (await app.DeployFileAsync("f.js", JsRunOptions.DefaultGroupName)).GetAsync()).ShouldBe("everybody's");
        await using var own = await app.Host.Runtimes.CreateAsync(cancellationToken: Token);
        (await own.EvaluateAsync<string>("caches.match('http://a/').then(r => r.text())", Token)).ShouldBe("everybody's");
    }
}
