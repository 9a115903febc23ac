using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace JsRun.AspNetCore.Status;

/// <summary>The status names files and errors: outside Development nobody sees it by accident.</summary>
internal static class StatusAuthorization
{
    public static void Apply(EndpointBuilder endpoint)
    {
        var services = endpoint.ApplicationServices;
        if (services.GetRequiredService<IHostEnvironment>().IsDevelopment() || endpoint.Metadata.Any(m => m is IAllowAnonymous or IAuthorizeData or AuthorizationPolicy))
        {
            return;
        }

        if (services.GetService<IAuthorizationPolicyProvider>() is null)
        {
            endpoint.RequestDelegate = RefuseAsync;
        }
        else
        {
            endpoint.Metadata.Add(new AuthorizeAttribute());
        }
    }

    /// <summary>The application has no authorization that could decide.</summary>
    private static Task RefuseAsync(HttpContext context)
        => Results.Problem(
            "JsRun's status is closed outside Development: this application has no authorization. Call MapJsStatus().RequireAuthorization() with AddAuthorization, or open it with MapJsStatus().AllowAnonymous().",
            statusCode: StatusCodes.Status403Forbidden,
            type: "urn:jsrun:problem:status-closed").ExecuteAsync(context);
}
