using System.Security.Claims;
using Microsoft.AspNetCore.Builder;

namespace JsRun.AspNetCore.Tests.Kestrel;

/// <summary>Who calls, as a function sees it.</summary>
public sealed class CallerTests
{
    private const string Tell = "export default { fetch: (request, env, ctx) => Response.json({ has: ['user' in ctx, 'clientAddress' in ctx], user: ctx.user, address: ctx.clientAddress, params: ctx.params, id: typeof ctx.requestId }) };";

    [Theory]
    [InlineData("PerRequest")]
    [InlineData("Shared")]
    public async Task Fetch_CallerIsExposedAndKnown_SeesClaimsAsPlainData(string isolation)
    {
        await using var server = await StartAsync(
            new ClaimsPrincipal([
                new ClaimsIdentity([new("sub", "42"), new("name", "Ann \u2028"), new("role", "admin"), new("role", "author"), new("__proto__", "x")], "Bearer", "name", "role"),
                new ClaimsIdentity([new Claim("claimed", "by nobody")]),
            ]),
            ("Functions:ExposeCaller", "true"),
            ("Isolation", isolation));

        (await server.GetStringAsync("/f")).ShouldBe(
            """{"has":[true,true],"user":{"name":"Ann \u2028","authenticationType":"Bearer","roles":["admin","author"],"claims":{"sub":"42","name":"Ann \u2028","role":["admin","author"],"__proto__":"x"}},"address":"127.0.0.1","params":{},"id":"string"}"""
                .Replace("\\u2028", "\u2028", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Fetch_CallerIsExposedAndAnonymous_UserIsNull()
    {
        await using var server = await StartAsync(new ClaimsPrincipal(new ClaimsIdentity([new Claim("claimed", "by nobody")])), ("Functions:ExposeCaller", "true"));

        (await server.GetStringAsync("/f")).ShouldBe("""{"has":[true,true],"user":null,"address":"127.0.0.1","params":{},"id":"string"}""");
    }

    [Fact]
    public async Task Fetch_ByDefault_SeesNeither()
    {
        await using var server = await StartAsync(new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", "42")], "Bearer")));

        (await server.GetStringAsync("/f")).ShouldBe("""{"has":[false,false],"params":{},"id":"string"}""");
    }

    [Fact]
    public async Task Fetch_OneUserAfterTheOther_EachIsToldItsOwn()
    {
        var names = new Queue<string>(["ann", "bob"]);
        await using var server = await EdgeServer.StartAsync(
            new() { ["f.ts"] = "export default { fetch(request, env, ctx) { const was = ctx.user.name; ctx.user.name = 'eve'; return new Response(was); } };" },
            null,
            (app, _) => app.Use((context, next) =>
            {
                context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, names.Dequeue())], "Test"));
                return next(context);
            }),
            ("Functions:ExposeCaller", "true"),
            ("Isolation", "Shared"));

        (await server.GetStringAsync("/f")).ShouldBe("ann");
        (await server.GetStringAsync("/f")).ShouldBe("bob");
    }

    private static Task<EdgeServer> StartAsync(ClaimsPrincipal user, params (string Key, string Value)[] settings) => EdgeServer.StartAsync(
        new() { ["f.ts"] = Tell },
        null,
        (app, _) => app.Use((context, next) =>
        {
            context.User = user;
            return next(context);
        }),
        settings);
}
