namespace JsRun.Hosting.Tests.Modules.Resolution;

public sealed class JsImportMapTests
{
    private const string Json = """
        {
          "imports": { "a": "./a.js", "a/": "https://cdn.example/a/", "a/special": "static:special", "blocked": null, "./local.js": "jsrun://static/other" },
          "scopes": { "https://cdn.example/": { "a": "https://cdn.example/inner.js" }, "https://cdn.example/deep/": { "a": "https://cdn.example/deeper.js" } }
        }
        """;

    [Theory]
    [InlineData("a", "jsrun://static/main", "jsrun://static/a.js")]
    [InlineData("a/x/y.js", "jsrun://static/main", "https://cdn.example/a/x/y.js")]
    [InlineData("a/special", "jsrun://static/main", "jsrun://static/special")]
    [InlineData("blocked", "jsrun://static/main", null)]
    [InlineData("jsrun://static/local.js", "jsrun://static/main", "jsrun://static/other")]
    [InlineData("a", "https://cdn.example/x.js", "https://cdn.example/inner.js")]
    [InlineData("a", "https://cdn.example/deep/x.js", "https://cdn.example/deeper.js")]
    [InlineData("blocked", "https://cdn.example/deep/x.js", null)]
    public void TryMap_Known_GivesTheAddress(string specifier, string referrer, string? expected)
    {
        JsImportMap.Parse(Json).TryMap(specifier, specifier.Contains("://", StringComparison.Ordinal), referrer, out var url).ShouldBeTrue();

        url.ShouldBe(expected);
    }

    [Theory]
    [InlineData("b", "jsrun://static/main")]
    [InlineData("special", "jsrun://static/main")]
    public void TryMap_Unknown_SaysSo(string specifier, string referrer) => JsImportMap.Parse(Json).TryMap(specifier, isUrl: false, referrer, out _).ShouldBeFalse();

    [Fact]
    public void TryMap_LeadsOut_Throws() =>
        Should.Throw<JsModuleException>(() => JsImportMap.Parse(Json).TryMap("a/../../x", isUrl: false, "jsrun://static/main", out _)).Message.ShouldContain("leads out of 'https://cdn.example/a/'");

    [Theory]
    [InlineData("nonsense", "not valid JSON")]
    [InlineData("[]", "JSON object")]
    [InlineData("""{ "imports": 1 }""", "'imports' is not an object")]
    [InlineData("""{ "imports": { "a": 1 } }""", "'a' to something that is not a string")]
    [InlineData("""{ "imports": { "a": "b" } }""", "'a' to 'b', which is not a URL")]
    [InlineData("""{ "imports": { "a/": "./b" } }""", "both must end in '/'")]
    [InlineData("""{ "scopes": { "x": {} } }""", "scope 'x' is not a URL")]
    [InlineData("""{ "scopes": { "./x/": 1 } }""", "scope './x/' is not an object")]
    public void Parse_Wrong_SaysWhatIsWrong(string json, string expected) => Should.Throw<FormatException>(() => JsImportMap.Parse(json)).Message.ShouldContain(expected);

    [Fact]
    public void Parse_Empty_MapsNothing() => JsImportMap.Parse("{}").TryMap("a", isUrl: false, null, out _).ShouldBeFalse();
}
