using JsRun.AspNetCore.Bridge;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace JsRun.AspNetCore.Tests.Bridge;

public class RequestUrlTests
{
    [Theory]
    [InlineData("/a/b?x=1&y=%20", "/a/b", "?x=1&y=%20", "http://h:81/a/b?x=1&y=%20")]
    [InlineData("/", "/", "", "http://h:81/")]
    [InlineData("/a%20b", "/a b", "", "http://h:81/a%20b")]
    [InlineData("/a%2Fb", "/a%2Fb", "", "http://h:81/a%2Fb")]
    [InlineData("/a%2fb%20c", "/a%2fb c", "", "http://h:81/a%2fb%20c")]
    [InlineData("/%252F", "/%2F", "", "http://h:81/%252F")]
    [InlineData("/%C3%BC/%41", "/ü/A", "", "http://h:81/%C3%BC/%41")]
    [InlineData("/x?", "/x", "", "http://h:81/x?")]
    [InlineData("/x?%7B\"", "/x", "?%7B\"", "http://h:81/x?%7B\"")]
    public void Create_OriginForm_KeepsTheClientsEncoding(string raw, string path, string query, string url)
        => RequestUrl.Create(Context(raw, path, query)).ShouldBe(url);

    [Fact]
    public void Create_PathBase_IsPartOfTheUrl()
        => RequestUrl.Create(Context("/base/a%20b?q", "/a b", "?q", pathBase: "/base")).ShouldBe("http://h:81/base/a%20b?q");

    [Theory]
    [InlineData("/old", "/new", "", "http://h:81/new")]
    [InlineData("/x?a=1", "/x", "?a=2", "http://h:81/x?a=2")]
    [InlineData("/a/../b", "/b", "", "http://h:81/b")]
    [InlineData("*", "", "", "http://h:81/")]
    [InlineData("http://other/x", "/x", "?q=ü", "http://h:81/x?q=ü")]
    [InlineData("", "/ü", "", "http://h:81/%C3%BC")]
    public void Create_TargetThatIsNotThePath_UsesThePath(string raw, string path, string query, string url)
        => RequestUrl.Create(Context(raw, path, query)).ShouldBe(url);

    [Fact]
    public void Create_NoHost_IsStillAbsolute()
    {
        var context = Context("/x", "/x", "");
        context.Request.Host = default;

        RequestUrl.Create(context).ShouldBe("http://localhost/x");
    }

    [Theory]
    [InlineData("xn--")]
    [InlineData("xn--mnchen-3ya.de")]
    [InlineData("a:99999")]
    public void Create_HostAsItWasSent_IsTaken(string host)
    {
        var context = Context("/x", "/x", "");
        context.Request.Headers.Host = host;

        RequestUrl.Create(context).ShouldBe($"http://{host}/x");
    }

    private static DefaultHttpContext Context(string raw, string path, string query, string pathBase = "")
    {
        var context = new DefaultHttpContext();
        context.Request.Scheme = "http";
        context.Request.Host = new HostString("h:81");
        context.Request.PathBase = pathBase;
        context.Request.Path = path;
        context.Request.QueryString = new QueryString(query);
        context.Features.Get<IHttpRequestFeature>()!.RawTarget = raw;
        return context;
    }
}
