using JsRun.AspNetCore.Deployment;
using JsRun.AspNetCore.Status;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the status of functions and pools.</summary>
/// <remarks>Not thread-safe: for the time in which the application is configured.</remarks>
public static class JsRunStatusEndpointRouteBuilderExtensions
{
    private static readonly string[] Methods = ["GET", "HEAD"];

    /// <summary>
    /// Maps the status, as JSON: which functions there are, what they serve and why not, and the state of the pools. Outside the Development environment it asks for
    /// authorization, unless the application decides for itself with <c>AllowAnonymous</c> or <c>RequireAuthorization</c>.
    /// </summary>
    /// <param name="endpoints">The application, or a group of routes.</param>
    /// <param name="pattern">The route.</param>
    /// <returns>A builder for conventions.</returns>
    /// <exception cref="InvalidOperationException"><c>AddJsRun</c> was not called.</exception>
    public static IEndpointConventionBuilder MapJsStatus(this IEndpointRouteBuilder endpoints, string pattern = "/_jsrun")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        var reporter = new StatusReporter(JsRunServices.Of(endpoints));
        var builder = endpoints.MapMethods(pattern, Methods, async context =>
        {
            context.Response.Headers.CacheControl = "no-store";
            await context.Response.WriteAsJsonAsync(await reporter.ReportAsync(context.RequestAborted), StatusJsonContext.Default.StatusReport, cancellationToken: context.RequestAborted);
        });
        builder.WithDisplayName("JsRun status");
        builder.Finally(static endpoint => DevelopmentOnly.Apply(endpoint, "status", nameof(MapJsStatus)));
        return builder;
    }
}
