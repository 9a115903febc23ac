using System.Net;
using System.Threading.RateLimiting;
using JsRun.AspNetCore.Tests.Fakes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace JsRun.AspNetCore.Tests.Endpoints;

/// <summary>What ASP.NET Core offers for endpoints applies to functions unchanged.</summary>
public class ConventionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CacheOutput_SecondRequest_DoesNotReachTheFunction()
    {
        var calls = 0;
        await using var app = await FakeApp.StartAsync(
            app =>
            {
                app.UseOutputCache();
                app.MapJsFunction("/f", "f.ts").CacheOutput();
            },
            new FakeHost { OnDeploy = f => f.Handler = (_, _) => new(FakeResponse.Text($"call {++calls}")) },
            builder => builder.Services.AddOutputCache());

        (await app.Client.GetStringAsync("/f", Token)).ShouldBe("call 1");
        (await app.Client.GetStringAsync("/f", Token)).ShouldBe("call 1");
    }

    [Fact]
    public async Task RequireRateLimiting_OneTooMany_IsRefused()
    {
        await using var app = await FakeApp.StartAsync(
            app =>
            {
                app.UseRateLimiter();
                app.MapJsFunction("/f", "f.ts").RequireRateLimiting("one");
            },
            configure: builder => builder.Services.AddRateLimiter(o =>
            {
                o.RejectionStatusCode = 429;
                o.AddFixedWindowLimiter("one", w =>
                {
                    w.PermitLimit = 1;
                    w.Window = TimeSpan.FromHours(1);
                    w.QueueProcessingOrder = QueueProcessingOrder.OldestFirst;
                });
            }));

        (await app.Client.GetAsync("/f", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.Client.GetAsync("/f", Token)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task RequireCors_PreflightAndRequest_AreAnswered()
    {
        await using var app = await FakeApp.StartAsync(
            app =>
            {
                app.UseCors();
                app.MapJsFunction("/f", "f.ts").RequireCors(policy => policy.WithOrigins("https://example.com").WithMethods("PUT"));
            },
            configure: builder => builder.Services.AddCors());
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/f") { Headers = { { "Origin", "https://example.com" }, { "Access-Control-Request-Method", "PUT" } } };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/f") { Headers = { { "Origin", "https://example.com" } } };

        using var allowed = await app.Client.SendAsync(preflight, Token);
        using var response = await app.Client.SendAsync(request, Token);

        allowed.Headers.GetValues("Access-Control-Allow-Methods").ShouldBe(["PUT"]);
        response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["https://example.com"]);
        app.Host["f.ts"].Requests.ShouldBe(1);
    }
}
