using JsRun.Modules.Resolution;

namespace JsRun.Hosting.Tests.Modules.Resolution;

public sealed class SpecifierUrlTests
{
    // The expectations are those of the URL standard.
    [Theory]
    [InlineData("./b.js", "https://example.com/a/x.js", "https://example.com/a/b.js")]
    [InlineData("../b.js", "https://example.com/a/x.js?q#f", "https://example.com/b.js")]
    [InlineData("../../../b.js", "https://example.com/a/x.js", "https://example.com/b.js")]
    [InlineData("/b.js", "https://example.com/a/x.js", "https://example.com/b.js")]
    [InlineData("./b.js?v=1#x", "https://example.com/a/x.js", "https://example.com/a/b.js?v=1#x")]
    [InlineData("./.", "https://example.com/a/x.js", "https://example.com/a/")]
    [InlineData("./%2e%2E/b.js", "https://example.com/a/x.js", "https://example.com/b.js")]
    [InlineData("./ü b.js", "https://example.com/a/x.js", "https://example.com/a/%C3%BC%20b.js")]
    [InlineData("./a%20b.js", "https://example.com/", "https://example.com/a%20b.js")]
    [InlineData("./a\\b.js", "https://example.com/", "https://example.com/a/b.js")]
    [InlineData("./a\\b.js", "jsrun://static/x", "jsrun://static/a\\b.js")]
    [InlineData("//other.example/b.js", "https://example.com/a", "https://other.example/b.js")]
    [InlineData("/b.js", "jsrun://static/lib/a.js", "jsrun://static/b.js")]
    [InlineData("./b.js", "file:///users/a.js", "file:///users/b.js")]
    [InlineData(" ./b\n.js ", "https://example.com/", null)]
    [InlineData("HTTPS://Example.COM:443/a/../b", null, "https://example.com/b")]
    [InlineData("https://example.com", null, "https://example.com/")]
    [InlineData("https:example.com", null, "https://example.com/")]
    [InlineData("https://bücher.example/", null, "https://xn--bcher-kva.example/")]
    [InlineData("file:/a/b.js", null, "file:///a/b.js")]
    [InlineData("file://host/b.js", null, "file://host/b.js")]
    [InlineData("node:fs", null, "node:fs")]
    [InlineData("data:text/javascript,export default 1", null, "data:text/javascript,export default 1")]
    [InlineData("custom://Host/a/./b", null, "custom://Host/a/b")]
    [InlineData("https://", null, null)]
    [InlineData("lodash", "https://example.com/", null)]
    [InlineData("@scope/name", "https://example.com/", null)]
    [InlineData("./b.js", "data:text/javascript,1", null)]
    [InlineData("./b.js", "<eval>", null)]
    [InlineData("./b.js", null, null)]
    public void Resolve_Specifier_IsWhatTheStandardSays(string specifier, string? baseUrl, string? expected) => SpecifierUrl.Resolve(specifier, baseUrl).ShouldBe(expected);
}
