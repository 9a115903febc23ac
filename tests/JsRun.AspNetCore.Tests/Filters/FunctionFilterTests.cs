using System.Net;
using JsRun.AspNetCore.Tests.Kestrel;
using Microsoft.Extensions.DependencyInjection;

namespace JsRun.AspNetCore.Tests.Filters;

/// <summary>Filters around functions that serve HTTP.</summary>
[Collection(KestrelCollection.Name)]
public class FunctionFilterTests
{
    private const string Echo = "export default { fetch: (request, env, ctx) => new Response(ctx.params.id, { headers: { 'x-from': 'function' } }) };";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Documentation_Filter_IsTheOneThatIsTested()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Root(), "docs/functions.md"), Token);
        var source = await File.ReadAllTextAsync(Path.Combine(Root(), "tests/JsRun.AspNetCore.Tests/Filters/MaintenanceFilter.cs"), Token);

        page.ShouldContain(source[source.IndexOf("public sealed class", StringComparison.Ordinal)..]);
    }

    [Fact]
    public async Task AddFunctionFilter_OfTheDocumentation_RespondsOrLogs()
    {
        await using var server = await EdgeServer.StartAsync(new() { ["users/[id].ts"] = Echo }, b => b.Services.AddJsRun().AddFunctionFilter<MaintenanceFilter>(), null);

        (await server.GetStringAsync("/users/7")).ShouldBe("7");
        await server.Log.WaitForAsync(e => e.Text == "/users/{id} responded with 200");
        using var closed = new HttpRequestMessage(HttpMethod.Get, "/users/7") { Headers = { { "X-Closed", "1" } } };
        using var response = await server.Client.SendAsync(closed, Token);
        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; charset=utf-8");
        (await response.Content.ReadAsStringAsync(Token)).ShouldBe("Back soon.");
        server.Host.Functions.Single().Requests.ShouldBe(1);
    }

    [Fact]
    public async Task Context_OfARequest_DescribesFunctionRouteAndRequest()
    {
        EdgeFunctionFilterContext? seen = null;
        string? requestId = null;
        await using var server = await EdgeServer.StartAsync(
            new() { ["users/[id].ts"] = Echo },
            b => b.Services.AddJsRun().AddFunctionFilter((context, next) =>
            {
                var http = context.GetHttpContext()!;
                (seen, requestId) = (context, http.TraceIdentifier);
                http.Response.Headers["x-filter"] = "1";
                return next(context);
            }),
            null);

        using var response = await server.GetAsync("/users/7?q");

        response.Headers.GetValues("x-filter").ShouldBe(["1"]);
        response.Headers.GetValues("x-from").ShouldBe(["function"]);
        seen.ShouldNotBeNull();
        (seen.FunctionName, seen.Group, seen.File, seen.Route, seen.Method).ShouldBe(("/users/{id}", JsRunOptions.DefaultGroupName, "users/[id].ts", "/users/{id}", "GET"));
        seen.Url.ShouldBe(new Uri(server.Url, "/users/7?q").AbsoluteUri);
        seen.RouteValues["id"].ShouldBe("7");
        seen.RequestId.ShouldBe(requestId);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Filter_Throws_IsAHostErrorWhoseTextIsInTheLogOnly(bool after)
    {
        var throws = true;
        await using var server = await EdgeServer.ServeAsync(
            Echo,
            b => b.Services.AddJsRun().AddFunctionFilter(async (context, next) =>
            {
                var result = after ? await next(context) : null;
                return throws ? throw new InvalidOperationException("the secret") : result ?? await next(context);
            }),
            _ => { },
            ("Pool:MaxIsolates", "1"),
            ("Pool:LeasesPerIsolate", "1"));

        using var response = await server.GetAsync("/f");
        var body = await response.Content.ReadAsStringAsync(Token);

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        body.ShouldContain("urn:jsrun:problem:host-error");
        body.ShouldNotContain("secret");
        (await server.Log.WaitForAsync(e => e.Id == 313)).Exception!.Message.ShouldBe("the secret");
        await server.LeasesReturnedAsync();
        throws = false;
        (await server.GetAsync("/f")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Filter_CatchesWhatTheFunctionThrew_RespondsInstead()
    {
        await using var server = await EdgeServer.ServeAsync(
            "export default { fetch() { throw new TypeError('broken') } };",
            b => b.Services.AddJsRun().AddFunctionFilter(async (context, next) =>
            {
                try
                {
                    return await next(context);
                }
                catch (JavaScriptException e)
                {
                    return EdgeFunctionResult.Bytes(new byte[] { 1, 2 }, "application/octet-stream", 418, [new("X-Error", e.Name)]);
                }
            }),
            _ => { });

        using var response = await server.GetAsync("/f");

        ((int)response.StatusCode).ShouldBe(418);
        response.Headers.GetValues("x-error").ShouldBe(["TypeError"]);
        (await response.Content.ReadAsByteArrayAsync(Token)).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Filter_LetsAnErrorOfTheFunctionPass_KeepsItsOutcome()
    {
        await using var server = await EdgeServer.ServeAsync(
            "export default { fetch() { throw new TypeError('broken') } };", b => b.Services.AddJsRun().AddFunctionFilter((context, next) => next(context)), _ => { });

        using var response = await server.GetAsync("/f");

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await response.Content.ReadAsStringAsync(Token)).ShouldContain("urn:jsrun:problem:script-error");
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "JsRun.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
