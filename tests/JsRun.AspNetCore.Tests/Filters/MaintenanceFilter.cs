using Microsoft.Extensions.Logging;

namespace JsRun.AspNetCore.Tests.Filters;

#pragma warning disable CA1848, CA1873 // The page shows it so.

/// <summary>The filter of <c>docs/functions.md</c>.</summary>
public sealed class MaintenanceFilter(ILogger<MaintenanceFilter> logger) : IEdgeFunctionFilter
{
    public async ValueTask<EdgeFunctionResult> InvokeAsync(EdgeFunctionFilterContext context, EdgeFunctionFilterDelegate next)
    {
        if (context.GetHttpContext()?.Request.Headers.ContainsKey("X-Closed") == true)
        {
            return EdgeFunctionResult.Text("Back soon.", 503);
        }

        var result = await next(context);
        logger.LogInformation("{Function} responded with {Status}", context.FunctionName, result.StatusCode);
        return result;
    }
}
