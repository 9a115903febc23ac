using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace JsRun.AspNetCore.Status;

/// <summary>The authorization of endpoints that name files and errors, or let code in: outside Development nobody reaches them by accident.</summary>
internal static class DevelopmentOnly
{
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="name">The endpoint's name in the answer to those who are refused.</param>
    /// <param name="method">The method that maps it.</param>
    public static void Apply(EndpointBuilder endpoint, string name, string method)
    {
        var services = endpoint.ApplicationServices;
        if (services.GetRequiredService<IHostEnvironment>().IsDevelopment() || endpoint.Metadata.Any(m => m is IAllowAnonymous or IAuthorizeData or AuthorizationPolicy))
        {
            return;
        }

        if (services.GetService<IAuthorizationPolicyProvider>() is null)
        {
            endpoint.RequestDelegate = context => RefuseAsync(context, name, method);
        }
        else
        {
            endpoint.Metadata.Add(new AuthorizeAttribute());
        }
    }

    /// <summary>The application has no authorization that could decide.</summary>
    private static Task RefuseAsync(HttpContext context, string name, string method)
        => Results.Problem(
            $"JsRun's {name} is closed outside Development: this application has no authorization. Call {method}().RequireAuthorization() with AddAuthorization, or open it with {method}().AllowAnonymous().",
            statusCode: StatusCodes.Status403Forbidden,
            type: $"urn:jsrun:problem:{name}-closed").ExecuteAsync(context);
}
