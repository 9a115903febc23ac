using System.Text.Json;

namespace JsRun.Hosting.Tests.WebApi.Caches;

public sealed class JsCacheQueryTests
{
    private static readonly JsCacheEntry Kept = new()
    {
        Url = "http://a/x?q",
        Fragment = "#f",
        RequestHeaders = [new("lang", "de")],
        Status = 203,
        StatusText = "OK",
        Headers = [new("vary", "Lang, Accept"), new("set-cookie", "a=1"), new("set-cookie", "b=2")],
        ResponseUrl = "http://b/",
        Body = new byte[] { 1, 2, 3 },
    };

    [Theory]
    [InlineData(null, false, false, "fr", true)]
    [InlineData("http://a/x?q", false, false, "de", true)]
    [InlineData("http://a/x?q", false, false, "en", false)]
    [InlineData("http://a/x?q", false, false, null, false)]
    [InlineData("http://a/x?q", false, true, "en", true)]
    [InlineData("http://a/x", false, false, "de", false)]
    [InlineData("http://a/x", true, false, "de", true)]
    [InlineData("http://a/x?other", true, false, "de", true)]
    [InlineData("http://a/y", true, true, "de", false)]
    public void Matches_UrlAndVary_DecideTogether(string? url, bool ignoresSearch, bool ignoresVary, string? language, bool expected) =>
        new JsCacheQuery
        {
            Url = url,
            IgnoresSearch = ignoresSearch,
            IgnoresVary = ignoresVary,
            RequestHeaders = language is null ? [] : [new("lang", language)],
        }.Matches(Kept).ShouldBe(expected);

    [Fact]
    public void Matches_VaryByEverything_NeverMatches() =>
        new JsCacheQuery { Url = "http://a/" }.Matches(new JsCacheEntry { Url = "http://a/", Status = 200, Headers = [new("vary", "x, *")] }).ShouldBeFalse();

    [Fact]
    public void Replaces_OtherLanguage_IsAnotherEntry()
    {
        (Kept with { Body = default, Headers = [] }).Replaces(Kept).ShouldBeTrue();
        (Kept with { RequestHeaders = [new("lang", "en")] }).Replaces(Kept).ShouldBeFalse();
        // The response that is kept says what it varies by, not the one that comes.
        (Kept with { RequestHeaders = [new("lang", "en")] }).Replaces(Kept with { Headers = [] }).ShouldBeTrue();
    }

    [Fact]
    public void Entry_WrittenAsJson_IsReadAsItWas()
    {
        var read = JsonSerializer.Deserialize<JsCacheEntry>(JsonSerializer.Serialize(Kept))!;

        read.RequestHeaders.ShouldBe(Kept.RequestHeaders);
        read.Headers.ShouldBe(Kept.Headers);
        read.Body.ToArray().ShouldBe(Kept.Body.ToArray());
        (read with { RequestHeaders = Kept.RequestHeaders, Headers = Kept.Headers, Body = Kept.Body }).ShouldBe(Kept);
    }
}
