using JsRun.WebApi.Caches;

namespace JsRun.Hosting.Tests.WebApi.Caches;

public sealed class CacheStoreTests
{
    [Fact]
    public void Put_NoRoom_LosesWhatWasNotUsedForTheLongestTime()
    {
        var store = new CacheStore(8000);
        store.Open("a");
        store.Put("a", Entry("http://one/", 2000), []).ShouldBeTrue();
        store.Put("a", Entry("http://two/", 2000), []).ShouldBeTrue();
        store.Take("a", Id(store, "http://one/")).ShouldNotBeNull();

        store.Put("a", Entry("http://three/", 3000), []).ShouldBeTrue();

        store.Find("a", null, false).Select(f => f.Entry.Url).ShouldBe(["http://one/", "http://three/"]);
        store.Bytes.ShouldBeLessThanOrEqualTo(8000);
    }

    [Fact]
    public void Put_LargerThanEverything_IsRefusedAndNothingElseGoes()
    {
        var store = new CacheStore(8000);
        store.Open("a");
        store.Put("a", Entry("http://one/", 100), []);

        store.Put("a", Entry("http://two/", 9000), []).ShouldBeFalse();

        store.Find("a", null, false).Count.ShouldBe(1);
    }

    [Fact]
    public void Delete_EveryCache_LeavesNothingBehind()
    {
        var store = new CacheStore(100_000);
        foreach (var name in new[] { "b", "a" })
        {
            store.Open(name).ShouldBeTrue();
            store.Put(name, Entry("http://one/", 100), []);
        }

        store.Names.ShouldBe(["b", "a"]);
        store.Delete("a").ShouldBeTrue();
        store.Delete("a").ShouldBeFalse();
        store.Delete("b").ShouldBeTrue();

        store.Bytes.ShouldBe(0);
        store.Names.ShouldBeEmpty();
    }

    [Fact]
    public void Open_NamesWithoutEnd_AreRefusedWhenFull()
    {
        var store = new CacheStore(8000);

        Enumerable.Range(0, 1000).Count(n => store.Open($"cache {n}")).ShouldBeInRange(10, 40);

        store.Open("cache 0").ShouldBeTrue();
    }

    [Fact]
    public void Put_InThePlaceOfOthers_RemovesThem()
    {
        var store = new CacheStore(100_000);
        store.Open("a");
        store.Put("a", Entry("http://one/?x", 100), []);
        store.Put("a", Entry("http://one/", 100), [Id(store, "http://one/?x")]);

        store.Find("a", null, false).Select(f => f.Entry.Url).ShouldBe(["http://one/"]);
        store.Find("a", "http://one/?y", ignoreQuery: true).Count.ShouldBe(1);
        store.Find("a", "http://one/?y", ignoreQuery: false).ShouldBeEmpty();
    }

    private static int Id(CacheStore store, string url) => store.Find("a", url, false).ShouldHaveSingleItem().Id;

    private static CacheEntry Entry(string url, int size) => new("GET", url, "", "", 200, "", "", url, new byte[size]);
}
