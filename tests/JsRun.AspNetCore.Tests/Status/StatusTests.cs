using System.Net;
using JsRun.AspNetCore.Tests.Fakes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace JsRun.AspNetCore.Tests.Status;

public sealed class StatusTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MapJsStatus_Get_AnswersTheDocumentedJson()
    {
        _folder.Write("a.ts").Write("b.ts");
        await using var app = await FakeApp.StartAsync(
            app =>
            {
                app.MapJsFunctions(path: _folder.Path);
                app.MapJsStatus().AllowAnonymous();
            },
            new FakeHost
            {
                OnDeploy = f =>
                {
                    if (f.Descriptor.File == "b.ts")
                    {
                        f.CurrentState = EdgeFunctionState.Failed;
                        f.CurrentGeneration = 0;
                        f.CurrentError = "broken";
                    }
                },
            });
        await app.Client.GetStringAsync("/a", Token);

        (await app.Client.GetStringAsync("/_jsrun", Token)).ShouldBe(
            """{"functions":["""
            + """{"route":"/a","file":"a.ts","generation":1,"isolation":"PerRequest","tier":"Replay","tierReason":"a reason","state":"Ready","error":null,"requests":1},"""
            + """{"route":"/b","file":"b.ts","generation":0,"isolation":"PerRequest","tier":"Replay","tierReason":"a reason","state":"Failed","error":"broken","requests":0}],"""
            + "\"pool\":{\"isolates\":1,\"retiring\":0,\"quarantined\":0,\"leases\":0,\"queued\":0,\"maxIsolates\":4,\"queueLimit\":100,\"longestWait\":\"00:00:00\",\"streams\":0}}");
    }

    [Fact]
    public async Task MapJsStatus_SeveralGroups_ListsTheirPools()
    {
        await using var app = await FakeApp.StartAsync(
            app => app.MapJsStatus().AllowAnonymous(), configure: b => b.Services.Configure<JsRunOptions>(o => o.Groups["tenant"] = new JsRunGroupOptions()));

        (await app.Client.GetStringAsync("/_jsrun", Token)).ShouldContain("\"groups\":{\"tenant\":{\"isolates\":1");
    }

    [Theory]
    [InlineData("Production", false, HttpStatusCode.Forbidden)]
    [InlineData("Production", true, HttpStatusCode.OK)]
    [InlineData("Development", false, HttpStatusCode.OK)]
    public async Task MapJsStatus_WithoutAuthorization_IsClosedOutsideDevelopment(string environment, bool open, HttpStatusCode expected)
    {
        await using var app = await FakeApp.StartAsync(
            app =>
            {
                var status = app.MapJsStatus();
                if (open)
                {
                    status.AllowAnonymous();
                }
            },
            environment: environment);

        (await app.Client.GetAsync("/_jsrun", Token)).StatusCode.ShouldBe(expected);
    }

    [Theory]
    [InlineData(false, HttpStatusCode.Unauthorized)]
    [InlineData(true, HttpStatusCode.OK)]
    public async Task MapJsStatus_WithAuthorization_AsksForIt(bool open, HttpStatusCode expected)
    {
        await using var app = await FakeApp.StartAsync(
            app =>
            {
                var status = app.MapJsStatus("/status");
                if (open)
                {
                    status.AllowAnonymous();
                }
            },
            configure: b => b.Services.AddAuthorization().AddAuthentication("cookies").AddCookie("cookies", o => o.Events.OnRedirectToLogin = c =>
            {
                c.Response.StatusCode = 401;
                return Task.CompletedTask;
            }));

        (await app.Client.GetAsync("/status", Token)).StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task MapJsStatus_Post_Is405()
    {
        await using var app = await FakeApp.StartAsync(app => app.MapJsStatus().AllowAnonymous());
        using var content = new StringContent("");

        (await app.Client.PostAsync("/_jsrun", content, Token)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    public void Dispose() => _folder.Dispose();
}
