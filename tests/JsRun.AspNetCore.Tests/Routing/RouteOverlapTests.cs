using JsRun.AspNetCore.Routing;

namespace JsRun.AspNetCore.Tests.Routing;

public class RouteOverlapTests
{
    [Theory]
    [InlineData("[year]-[month].js", "file-[a]-[b].js", true)]
    [InlineData("user-[id].js", "[slug]-edit.js", true)]
    [InlineData("user-[id].js", "USER-[name].js", true)]
    [InlineData("user-[id].js", "file-[id].js", false)]
    [InlineData("a[id]b.js", "a[id]c.js", false)]
    [InlineData("a[id].js", "[id]a.js", true)]
    [InlineData("ab[id].js", "[id]b.js", true)]
    [InlineData("{[id]}.js", "[id]x.js", false)]
    [InlineData("{[id].js", "[id]}.js", true)]
    [InlineData("x/user-[id].js", "y/[slug]-edit.js", false)]
    [InlineData("x/user-[id].js", "x/[slug]-edit.js", true)]
    [InlineData("[a]/user-[id].js", "[b]/[slug]-edit.js", true)]
    [InlineData("[a]/user-[id].js", "b/[slug]-edit.js", false)]
    [InlineData("user-[id]/[...rest].js", "[slug]-edit/[...all].js", true)]
    [InlineData("user-[id].js", "[slug].js", false)]
    [InlineData("[a].js", "[b].js", true)]
    public void Exists_TwoFiles_SaysWhetherOnePathFitsBothWithEqualRight(string file, string other, bool expected)
    {
        var (a, b) = (EdgeRouteParser.Parse(file).Key, EdgeRouteParser.Parse(other).Key);

        (RouteOverlap.Rank(a) == RouteOverlap.Rank(b) && RouteOverlap.Exists(a, b)).ShouldBe(expected);
        (RouteOverlap.Rank(b) == RouteOverlap.Rank(a) && RouteOverlap.Exists(b, a)).ShouldBe(expected);
    }
}
