using JsRun.WebApi.Caches;

namespace JsRun.Hosting.Tests.WebApi.Caches;

public sealed class MemoryCacheStoreTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PutAsync_NoRoom_LosesWhatWasNotUsedForTheLongestTime()
    {
        var store = await OpenedAsync(8000);
        (await store.PutAsync("a", Entry("http://one/", 2000), Token)).ShouldBeTrue();
        (await store.PutAsync("a", Entry("http://two/", 2000), Token)).ShouldBeTrue();
        (await store.MatchAsync("a", new JsCacheQuery { Url = "http://one/" }, Token)).Count.ShouldBe(1);
        // To ask which there are is not to use one.
        (await store.MatchAsync("a", new JsCacheQuery { Url = "http://two/", IncludesBody = false }, Token)).Count.ShouldBe(1);

        (await store.PutAsync("a", Entry("http://three/", 3000), Token)).ShouldBeTrue();

        (await UrlsAsync(store)).ShouldBe(["http://one/", "http://three/"]);
        store.Bytes.ShouldBeLessThanOrEqualTo(8000);
    }

    [Fact]
    public async Task PutAsync_LargerThanEverything_IsRefusedAndNothingElseGoes()
    {
        var store = await OpenedAsync(8000);
        await store.PutAsync("a", Entry("http://one/", 100), Token);

        (await store.PutAsync("a", Entry("http://two/", 9000), Token)).ShouldBeFalse();

        (await UrlsAsync(store)).ShouldBe(["http://one/"]);
    }

    [Fact]
    public async Task DeleteAsync_EveryCache_LeavesNothingBehind()
    {
        var store = new MemoryCacheStore(100_000);
        foreach (var name in new[] { "b", "a" })
        {
            (await store.OpenAsync(name, Token)).ShouldBeTrue();
            await store.PutAsync(name, Entry("http://one/", 100), Token);
        }

        (await store.GetNamesAsync(Token)).ShouldBe(["b", "a"]);
        (await store.DeleteAsync("a", Token)).ShouldBeTrue();
        (await store.DeleteAsync("a", Token)).ShouldBeFalse();
        (await store.DeleteAsync("b", Token)).ShouldBeTrue();

        store.Bytes.ShouldBe(0);
        (await store.GetNamesAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task OpenAsync_NamesWithoutEnd_AreRefusedWhenFull()
    {
        var store = new MemoryCacheStore(8000);
        var opened = 0;
        for (var n = 0; n < 1000; n++)
        {
            opened += await store.OpenAsync($"cache {n}", Token) ? 1 : 0;
        }

        opened.ShouldBeInRange(10, 40);
        (await store.OpenAsync("cache 0", Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task PutAsync_SameRequest_TakesThePlaceOfTheOther()
    {
        var store = await OpenedAsync(100_000);
        await store.PutAsync("a", Entry("http://one/", 100), Token);
        var before = store.Bytes;
        await store.PutAsync("a", Entry("http://one/?x", 100), Token);
        await store.PutAsync("a", Entry("http://one/?x", 100), Token);

        (await UrlsAsync(store)).ShouldBe(["http://one/", "http://one/?x"]);
        (await store.RemoveAsync("a", new JsCacheQuery { Url = "http://one/?x" }, Token)).ShouldBeTrue();
        (await store.RemoveAsync("a", new JsCacheQuery { Url = "http://one/?x" }, Token)).ShouldBeFalse();
        store.Bytes.ShouldBe(before);
    }

    [Fact]
    public async Task PutAsync_DeletedCache_IsDiscarded()
    {
        var store = await OpenedAsync(100_000);
        await store.DeleteAsync("a", Token);

        (await store.PutAsync("a", Entry("http://one/", 100), Token)).ShouldBeTrue();

        (await UrlsAsync(store)).ShouldBeEmpty();
        store.Bytes.ShouldBe(0);
    }

    private static async Task<MemoryCacheStore> OpenedAsync(long maxBytes)
    {
        var store = new MemoryCacheStore(maxBytes);
        await store.OpenAsync("a", Token);
        return store;
    }

    private static async Task<string[]> UrlsAsync(MemoryCacheStore store) =>
        [.. (await store.MatchAsync("a", new JsCacheQuery { IncludesBody = false }, Token)).Select(static e => e.Url)];

    private static JsCacheEntry Entry(string url, int size) => new() { Url = url, Status = 200, ResponseUrl = url, Body = new byte[size] };
}
