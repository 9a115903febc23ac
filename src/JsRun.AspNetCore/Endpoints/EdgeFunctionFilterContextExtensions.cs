using Microsoft.AspNetCore.Http;

namespace JsRun;

/// <summary>Extensions that give filters of functions access to ASP.NET Core.</summary>
/// <remarks>Thread-safe.</remarks>
public static class EdgeFunctionFilterContextExtensions
{
    /// <summary>Gets the HTTP request that invokes the function. Its body belongs to the function: a filter that reads it must buffer it (<c>HttpRequest.EnableBuffering</c>).</summary>
    /// <param name="context">The context of the filter.</param>
    /// <returns>The <see cref="HttpContext"/>, or <see langword="null"/> if the function was not invoked over HTTP. It is not thread-safe.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> is <see langword="null"/>.</exception>
    public static HttpContext? GetHttpContext(this EdgeFunctionFilterContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Origin as HttpContext;
    }
}
