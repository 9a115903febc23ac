using JsRun.WebApi.Fetch;

namespace JsRun.Hosting.Tests.WebApi.Fetch;

public sealed class FetchLoopTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("jsrun", 1)]
    [InlineData("JsRun", 1)]
    [InlineData("jsrun, jsrun", 2)]
    [InlineData("jsrun;v=1, jsrun", 2)]
    [InlineData("other, jsrun ; note=\"x\",third", 1)]
    [InlineData("jsrun2, not-jsrun", 0)]
    public void Depth_Members_AreCountedWithTheirParameters(string value, int expected) => FetchLoop.Depth(value).ShouldBe(expected);

    [Theory]
    [InlineData("", "")]
    [InlineData("a\n1\ncdn-loop\nx\n", "x")]
    [InlineData("CDN-Loop\nx\nb\n2\ncdn-loop\ny\n", "x, y")]
    public void Of_FlatHeaders_JoinsAllOfThem(string headers, string expected) => FetchLoop.Of(headers).ShouldBe(expected);
}
