using JsRun.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace JsRun.AspNetCore.Tests.Routing;

public class EdgeRouteParserTests
{
    [Theory]
    [InlineData("hello.ts", "/hello")]
    [InlineData("index.tsx", "/")]
    [InlineData("users/index.js", "/users")]
    [InlineData("users/[id].ts", "/users/{id}")]
    [InlineData("users/[id]/orders/[order-id].mjs", "/users/{id}/orders/{order-id}")]
    [InlineData("[...path].mjs", "/{**path}")]
    [InlineData("files/[...rest].ts", "/files/{**rest}")]
    [InlineData("files/[...rest]/index.ts", "/files/{**rest}")]
    [InlineData("[name].json.ts", "/{name}.json")]
    [InlineData("user-[id].jsx", "/user-{id}")]
    [InlineData("a{b}.ts", "/a{{b}}")]
    [InlineData("über uns.ts", "/über uns")]
    [InlineData("v1.2/x.ts", "/v1.2/x")]
    [InlineData("index/x.ts", "/index/x")]
    public void Parse_ValidName_GivesTemplateThatRoutingTakes(string file, string template)
    {
        var route = EdgeRouteParser.Parse(file);

        route.Template.ShouldBe(template);
        route.File.ShouldBe(file);
        Should.NotThrow(() => RoutePatternFactory.Parse(route.Template));
    }

    [Theory]
    [InlineData("[...rest]/x.ts", "nothing may follow")]
    [InlineData("[a][b].ts", "character between")]
    [InlineData("[id]/[id].ts", "appears twice")]
    [InlineData("[ID]/[id].ts", "appears twice")]
    [InlineData("[id.ts", "brackets")]
    [InlineData("id].ts", "brackets")]
    [InlineData("[[...rest]].ts", "brackets")]
    [InlineData("[].ts", "not a valid name")]
    [InlineData("[a:int].ts", "not a valid name")]
    [InlineData("[...].ts", "not a valid name")]
    [InlineData("a?b.ts", "'?'")]
    public void Parse_InvalidName_SaysWhatIsWrongAndWhere(string file, string message)
    {
        var error = Should.Throw<FormatException>(() => EdgeRouteParser.Parse(file));

        error.Message.ShouldContain(message);
        error.Message.ShouldContain(file);
    }

    [Theory]
    [InlineData("users.ts", "users/index.js")]
    [InlineData("users/[id].ts", "users/[name].ts")]
    [InlineData("Users.ts", "users.mjs")]
    [InlineData("[...a].ts", "[...b].js")]
    public void Parse_FilesForTheSamePaths_HaveTheSameKey(string one, string other)
        => EdgeRouteParser.Parse(one).Key.ShouldBe(EdgeRouteParser.Parse(other).Key);

    [Theory]
    [InlineData("users/[id].ts", "users/{}.ts")]
    [InlineData("users/[id].ts", "users/[...id].ts")]
    [InlineData("users/me.ts", "users/[id].ts")]
    [InlineData("a.ts", "b.ts")]
    public void Parse_FilesForOtherPaths_HaveOtherKeys(string one, string other)
        => EdgeRouteParser.Parse(one).Key.ShouldNotBe(EdgeRouteParser.Parse(other).Key);

    [Theory]
    [InlineData("index.ts", "/api")]
    [InlineData("users/[id].ts", "/api/users/{id}")]
    public void Under_Prefix_ComesFirst(string file, string template) => EdgeRouteParser.Parse(file).Under("/api").Template.ShouldBe(template);
}
