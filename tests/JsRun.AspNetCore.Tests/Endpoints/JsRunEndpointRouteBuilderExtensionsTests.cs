using System.Net;
using JsRun.AspNetCore.Tests.Fakes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace JsRun.AspNetCore.Tests.Endpoints;

public sealed class JsRunEndpointRouteBuilderExtensionsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MapJsFunctions_WithoutAddJsRun_SaysWhatToCall()
    {
        await using var app = WebApplication.CreateBuilder().Build();

        Should.Throw<InvalidOperationException>(() => app.MapJsFunctions()).Message.ShouldContain("AddJsRun()");
    }

    [Fact]
    public async Task MapJsFunctions_NoFolder_NamesTheKey()
        => (await Should.ThrowAsync<InvalidOperationException>(() => FakeApp.StartAsync(app => app.MapJsFunctions()))).Message.ShouldContain("JsRun:Functions:Path");

    [Fact]
    public async Task MapJsFunctions_MissingFolder_StopsTheStartWithTheKey()
    {
        var error = await Should.ThrowAsync<DirectoryNotFoundException>(() => FakeApp.StartAsync(app => app.MapJsFunctions(), configure: Configured(_folder["nowhere"])));

        error.Message.ShouldContain("JsRun:Functions:Path");
        error.Message.ShouldContain(_folder["nowhere"]);
    }

    [Fact]
    public async Task MapJsFunctions_UnknownGroup_NamesItsSection()
        => (await Should.ThrowAsync<ArgumentException>(() => FakeApp.StartAsync(app => app.MapJsFunctions(group: "x")))).Message.ShouldContain("JsRun:Groups:x");

    [Fact]
    public async Task MapJsFunctions_Group_UsesItsFolderAndName()
    {
        _folder.Write("a.ts");
        await using var app = await FakeApp.StartAsync(
            app => app.MapJsFunctions(group: "tenant"),
            configure: b => b.Services.Configure<JsRunOptions>(o => o.Groups["tenant"] = new JsRunGroupOptions { Functions = { Path = _folder.Path } }));

        app.Host["a.ts"].Descriptor.Group.ShouldBe("tenant");
        (await app.Client.GetStringAsync("/a", Token)).ShouldBe("a.ts");
    }

    [Theory]
    [InlineData("/users/me", "users/me.ts")]
    [InlineData("/users/7", "users/[id].ts")]
    [InlineData("/files", "files/[...rest].ts")]
    [InlineData("/files/a/b", "files/[...rest].ts")]
    [InlineData("/", "index.ts")]
    [InlineData("/health", "own")]
    [InlineData("/a{b}", "a{b}.ts")]
    public async Task MapJsFunctions_Request_ReachesTheMostSpecificRoute(string path, string answer)
    {
        foreach (var file in (string[])["users/me.ts", "users/[id].ts", "files/[...rest].ts", "index.ts", "a{b}.ts"])
        {
            _folder.Write(file);
        }

        await using var app = await FakeApp.StartAsync(
            app =>
            {
                app.MapJsFunctions();
                app.MapGet("/health", () => "own");
            },
            configure: Configured(_folder.Path));

        (await app.Client.GetStringAsync(path, Token)).ShouldBe(answer);
        (await app.Client.GetAsync("/nothing/here", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task MapJsFunctions_InGroupOfRoutes_TakesItsPrefixAndConventions()
    {
        _folder.Write("a.ts");
        await using var app = await FakeApp.StartAsync(
            app => app.MapGroup("/v1").WithMetadata("grouped").MapJsFunctions("/fn"), configure: Configured(_folder.Path));

        (await app.Client.GetStringAsync("/v1/fn/a", Token)).ShouldBe("a.ts");
        app.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.Single().Metadata.GetMetadata<string>().ShouldBe("grouped");
    }

    [Fact]
    public async Task MapJsFunctions_SameRouteTwice_NamesStayUnique()
    {
        _folder.Write("a/x.ts").Write("b/x.ts");
        await using var app = await FakeApp.StartAsync(app =>
        {
            app.MapGroup("/a").MapJsFunctions(path: _folder["a"]);
            app.MapGroup("/b").MapJsFunctions(path: _folder["b"]);
        });

        app.Host.Functions.Select(f => f.Descriptor.Name).ShouldBe(["/x", "/x (x.ts)"]);
    }

    [Fact]
    public async Task MapJsFunction_File_ServesThePattern()
    {
        _folder.Write("lib/user.ts");
        await using var app = await FakeApp.StartAsync(app => app.MapJsFunction("users/{id:int}", _folder["lib/user.ts"]).WithName("user"));

        (await app.Client.GetStringAsync("/users/7", Token)).ShouldBe("user.ts");
        (await app.Client.GetAsync("/users/x", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        app.Host["user.ts"].Descriptor.Root.ShouldBe(_folder["lib"]);
        app.Host["user.ts"].Descriptor.Name.ShouldBe("/users/{id:int}");
        app.App.Services.GetRequiredService<LinkGenerator>().GetPathByName("user", new { id = 7 }).ShouldBe("/users/7");
    }

    [Fact]
    public async Task MapJsFunction_FileInTheFunctionsFolder_MayImportFromAllOfIt()
    {
        _folder.Write("deep/user.ts");
        await using var app = await FakeApp.StartAsync(app => app.MapJsFunction("/u", _folder["deep/user.ts"]), configure: Configured(_folder.Path));

        app.Host["deep/user.ts"].Descriptor.Root.ShouldBe(_folder.Path);
    }

    [Fact]
    public async Task MapJsFunction_Group_UsesItsFolderAndName()
    {
        _folder.Write("deep/user.ts");
        await using var app = await FakeApp.StartAsync(
            app => app.MapJsFunction("/u", _folder["deep/user.ts"], "tenant"),
            configure: b => b.Services.Configure<JsRunOptions>(o => o.Groups["tenant"] = new JsRunGroupOptions { Functions = { Path = _folder.Path } }));

        app.Host["deep/user.ts"].Descriptor.Group.ShouldBe("tenant");
        app.Host["deep/user.ts"].Descriptor.Root.ShouldBe(_folder.Path);
    }

    [Fact]
    public async Task MapJsFunction_UnknownGroup_NamesItsSection()
        => (await Should.ThrowAsync<ArgumentException>(() => FakeApp.StartAsync(app => app.MapJsFunction("/u", "u.ts", group: "x")))).Message.ShouldContain("JsRun:Groups:x");

    [Fact]
    public async Task MapJsFunctions_SlashAndFolder_ServesItFromTheRoot()
    {
        _folder.Write("a.ts");
        await using var app = await FakeApp.StartAsync(app => app.MapJsFunctions("/", _folder.Path));

        app.Host["a.ts"].Descriptor.Group.ShouldBe(JsRunOptions.DefaultGroupName);
        (await app.Client.GetStringAsync("/a", Token)).ShouldBe("a.ts");
    }

    [Fact]
    public async Task MapJsFunction_Library_IsNotFound()
    {
        await using var app = await FakeApp.StartAsync(app => app.MapJsFunction("/f", "f.ts"), new FakeHost { OnDeploy = f => f.CurrentState = EdgeFunctionState.Library });

        (await app.Client.GetAsync("/f", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task MapJsFunction_RequireAuthorization_Applies()
    {
        await using var app = await FakeApp.StartAsync(
            app =>
            {
                app.UseAuthentication();
                app.UseAuthorization();
                app.MapJsFunction("/f", "f.ts").RequireAuthorization();
            },
            configure: b => b.Services.AddAuthorization().AddAuthentication("cookies").AddCookie("cookies", o => o.Events.OnRedirectToLogin = c =>
            {
                c.Response.StatusCode = 401;
                return Task.CompletedTask;
            }));

        (await app.Client.GetAsync("/f", Token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    public void Dispose() => _folder.Dispose();

    private static Action<WebApplicationBuilder> Configured(string folder)
        => builder => builder.Configuration.AddInMemoryCollection([new("JsRun:Functions:Path", folder)]);
}
