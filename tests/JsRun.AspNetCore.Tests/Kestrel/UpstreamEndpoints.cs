using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace JsRun.AspNetCore.Tests.Kestrel;

/// <summary>What functions fetch: <c>/large</c>, more than anybody reads ahead, and <c>/drip</c>, which begins and never ends.</summary>
internal static class UpstreamEndpoints
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/large", () => new string('y', 1_000_000));
        app.MapGet("/drip", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("begins", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
    }
}
