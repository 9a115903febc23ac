using JsRun;
using JsRun.AspNetCore.Deployment;
using JsRun.AspNetCore.Inspector;
using JsRun.AspNetCore.Status;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the inspector, to which debuggers such as Chrome DevTools and Visual Studio Code attach.</summary>
/// <remarks>Not thread-safe: for the time in which the application is configured.</remarks>
public static class JsRunInspectorEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the Chrome DevTools protocol to <see cref="JsRunInspectorOptions.Path"/>, followed by a token without which the endpoint answers 404; the log shows it. It answers in the Development
    /// environment only, unless <see cref="JsRunInspectorOptions.Enabled"/> says otherwise; elsewhere it also asks for authorization, unless the application decides for itself with
    /// <c>AllowAnonymous</c> or <c>RequireAuthorization</c>. Whoever can attach can run code in the functions.
    /// </summary>
    /// <param name="endpoints">The application, or a group of routes.</param>
    /// <returns>A builder for conventions.</returns>
    /// <exception cref="InvalidOperationException"><c>AddJsRun</c> was not called.</exception>
    public static IEndpointConventionBuilder MapJsInspector(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var inspector = new InspectorEndpoint(JsRunServices.Of(endpoints));
        // The application need not have UseWebSockets for its own sake.
        var pipeline = endpoints.CreateApplicationBuilder();
        pipeline.UseWebSockets();
        pipeline.Run(inspector.ServeAsync);
        var builder = endpoints.Map($"{inspector.Root}/{{token}}/{{**rest}}", pipeline.Build());
        builder.WithDisplayName("JsRun inspector");
        builder.Finally(static endpoint => DevelopmentOnly.Apply(endpoint, "inspector", nameof(MapJsInspector)));
        return builder;
    }
}
