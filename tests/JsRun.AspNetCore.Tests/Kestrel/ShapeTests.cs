using System.Net;
using System.Text.Json;
using JsRun.AspNetCore.Tests.Fakes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;

namespace JsRun.AspNetCore.Tests.Kestrel;

/// <summary>What a module exports, and what is said of one that only looks as if it were a function.</summary>
[Collection(KestrelCollection.Name)]
public class ShapeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static void Develop(WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = "Development", ContentRootPath = AppContext.BaseDirectory });

    [Theory]
    [InlineData("PerRequest", "export default (request, env, ctx) => new Response(`${request.method} ${env.A} ${ctx.params.rest}`);")]
    [InlineData("Shared", "export default (request, env, ctx) => new Response(`${request.method} ${env.A} ${ctx.params.rest}`);")]
    [InlineData("PerRequest", "export default async function (request, env, ctx) { return new Response(`${request.method} ${env.A} ${ctx.params.rest}`); }")]
    [InlineData("PerRequest", "export default async function handle(request, env, ctx) { return new Response(`${request.method} ${env.A} ${ctx.params.rest}`); }")]
    [InlineData("PerRequest", "export default Object.assign(() => new Response('wrong'), { b: 'b', fetch(request, env, ctx) { return new Response(`${request.method} ${env.A} ${ctx.params.rest}`); } });")]
    [InlineData("PerRequest", "export default class { static fetch(request, env, ctx) { return new Response(`${request.method} ${env.A} ${ctx.params.rest}`); } }")]
    [InlineData("PerRequest", "class A { fetch(request, env, ctx) { return new Response(`${request.method} ${env.A} ${ctx.params.rest}`); } } export default new A();")]
    public async Task DefaultExport_FunctionOrFetch_Serves(string isolation, string code)
    {
        await using var server = await EdgeServer.StartAsync(new() { ["[...rest].js"] = code }, ("Isolation", isolation), ("Env:A", "a"));

        (await server.GetStringAsync("/x/y")).ShouldBe("GET a x/y");
        server.Log.Entries.ShouldNotContain(e => e.Level >= LogLevel.Warning);
    }

    [Theory]
    [InlineData("export default class { fetch() {} }", "its default export is a class")]
    [InlineData("export default { handler() {}, a: 1 }", "an object without a method named fetch (it has handler, a)")]
    [InlineData("export default { Fetch() {} }", "an object without a method named fetch (it has Fetch)")]
    [InlineData("export default {}", "an object without a method named fetch.")]
    [InlineData("export async function fetch() {}", "it exports fetch by name")]
    [InlineData("export const GET = () => new Response('x'); export function POST() {}", "it exports GET, POST by name")]
    [InlineData("addEventListener('fetch', (e) => e.respondWith(new Response('x')));", "listens for the event \"fetch\"")]
    public async Task DefaultExport_WrongShape_IsReportedInLogStatusAndToDevelopers(string code, string reason)
    {
        await using var server = await EdgeServer.StartAsync(
            new() { ["f.js"] = code, ["lib.js"] = "export const a = 1; export default 5;" }, Develop, null);

        var warning = server.Log.Entries.Where(e => e.Level >= LogLevel.Warning).ShouldHaveSingleItem();
        warning.Text.ShouldStartWith("/f is not served: 'f.js' serves nothing: ");
        warning.Text.ShouldContain(reason);
        var status = JsonDocument.Parse(await server.GetStringAsync("/_jsrun")).RootElement.GetProperty("functions");
        status[0].GetProperty("state").GetString().ShouldBe("Library");
        status[0].GetProperty("error").GetString()!.ShouldContain(reason);
        status[1].GetProperty("error").GetString().ShouldBeNull();
        using var response = await server.GetAsync("/f");
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync(Token)).ShouldContain("urn:jsrun:problem:no-handler");
        using var library = await server.GetAsync("/lib");
        library.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await library.Content.ReadAsStringAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task DefaultExport_WrongShape_TellsOtherClientsNothing()
    {
        await using var server = await EdgeServer.StartAsync(new() { ["f.js"] = "export const GET = () => new Response('x');" });
        using var response = await server.GetAsync("/f");

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task DefaultExport_WrongShapeBesideAFunctionOfItsRoute_LeavesItTheRoute()
    {
        await using var server = await EdgeServer.StartAsync(
            new() { ["users.js"] = "export function GET() {}", ["users/index.js"] = "export default () => new Response('right');" }, Develop, null);

        (await server.GetStringAsync("/users")).ShouldBe("right");
    }

    [Theory]
    [InlineData("module.exports = { fetch() {} };")]
    [InlineData("exports.fetch = () => {};")]
    [InlineData("const a = require('a'); export default { fetch() {} };")]
    public async Task Module_ThatIsCommonJs_IsSaidToBe(string code)
    {
        await using var server = await EdgeServer.StartAsync(new() { ["f.js"] = code });

        (await server.Log.WaitForAsync(e => e.Id == 201)).Text.ShouldContain("looks like CommonJS, which is not supported");
        server.Host.Functions.ShouldHaveSingleItem().Error!.ShouldContain("CommonJS");
    }

    [Theory]
    [InlineData("f.cjs", "CommonJS, which is not supported")]
    [InlineData("f.cts", "CommonJS, which is not supported")]
    [InlineData("f.mts", "name it .ts")]
    public async Task File_OfAnExtensionThatIsNotServed_IsReported(string file, string reason)
    {
        await using var server = await EdgeServer.StartAsync(new() { [file] = "module.exports = 1;", ["g.js"] = "export default () => new Response('g');" });

        server.Log.Entries.Where(e => e.Level >= LogLevel.Warning).ShouldHaveSingleItem().Text.ShouldContain(reason);
        (await server.GetStringAsync("/_jsrun")).ShouldContain(reason);
        (await server.GetStringAsync("/g")).ShouldBe("g");
    }

    [Fact]
    public async Task Patterns_ThatOnePathFits_AreReportedAndTheFirstServes()
    {
        await using var server = await EdgeServer.StartAsync(new()
        {
            ["[year]-[month].js"] = "export default (r, e, ctx) => new Response(JSON.stringify(ctx.params));",
            ["file-[a]-[b].js"] = "export default () => new Response('file');",
            ["report-[a].js"] = "export default () => new Response('report');",
            ["[a].js"] = "export default () => new Response('any');",
        });

        var errors = server.Log.Entries.Where(e => e.Level == LogLevel.Error).Select(e => e.Text).ToArray();
        errors.Length.ShouldBe(2);
        errors.ShouldContain(e => e.Contains("'file-[a]-[b].js' is not served") && e.Contains("'[year]-[month].js'"));
        errors.ShouldContain(e => e.Contains("'report-[a].js' is not served") && e.Contains("'[year]-[month].js'"));
        (await server.GetStringAsync("/file-a-b")).ShouldContain("year");
        (await server.GetStringAsync("/2024-05")).ShouldContain("\"month\":\"05\"");
        (await server.GetStringAsync("/plain")).ShouldBe("any");
    }

    [Fact]
    public async Task MapJsFunction_Library_IsAnErrorInTheLogAndToDevelopers()
    {
        using var folder = new TempFolder();
        folder.Write("lib.js", "export const a = 1;");
        using var log = new LogCollector();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        ((IConfigurationBuilder)builder.Configuration).Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddJsRun(options => options.Images.Tier = JsImageMode.Replay);
        await using var app = builder.Build();
        app.MapJsFunction("/x", Path.Combine(folder.Path, "lib.js"));
        await app.StartAsync(Token);
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri(new Uri(app.Urls.Single()), "/x"), Token);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync(Token)).ShouldContain("it has no default export");
        log.Entries.Where(e => e.Level == LogLevel.Error).ShouldHaveSingleItem().Text.ShouldContain("'lib.js' is mapped to /x and serves nothing");
    }

    [Fact]
    public async Task Start_Folder_IsSummarised()
    {
        await using var server = await EdgeServer.StartAsync(new()
        {
            ["a.js"] = "export default () => new Response('a');",
            ["b.js"] = "export default () => new Response('b');",
            ["lib.js"] = "export const a = 1;",
            ["bad.js"] = "export default {",
        });

        server.Log.Entries.Where(e => e.Id is 356 or 357).ShouldHaveSingleItem().Text.ShouldBe($"2 functions serve from {server.Folder.Path}; 1 failed, and 1 files can only be imported: lib.js");
        server.Log.Entries.Where(e => e.Id == 200).Select(e => e.Text).ShouldContain("/a is ready: generation 1 of a.js");
    }

    [Fact]
    public async Task Start_EmptyFolder_IsAWarning()
    {
        await using var server = await EdgeServer.StartAsync([]);

        server.Log.Entries.Where(e => e.Level == LogLevel.Warning).ShouldHaveSingleItem().Text.ShouldStartWith($"There are no functions in {server.Folder.Path}: ");
    }
}
