using System.IO.Pipelines;
using JsRun.Functions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;

namespace JsRun.AspNetCore.Bridge;

/// <summary>Turns an ASP.NET Core request into the one frame that crosses.</summary>
internal static class RequestFrame
{
    public static EdgeFunctionRequest Create(HttpContext context, HeaderEncoding encoding, bool exposesCaller) => new()
    {
        Method = context.Request.Method,
        Url = RequestUrl.Create(context),
        Headers = RequestHeaderFrame.Create(context.Request.Headers, encoding),
        Body = Body(context),
        Params = Params(context),
        Caller = exposesCaller ? Caller(context) : null,
        Route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText,
        Origin = context,
        RequestId = context.TraceIdentifier,
        TimeLimit = context.Features.Get<IHttpRequestTimeoutFeature>()?.RequestTimeoutToken ?? CancellationToken.None,
    };

    private static EdgeFunctionCaller Caller(HttpContext context) => new()
    {
        User = context.User,
        ClientAddress = (context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : context.Connection.RemoteIpAddress)?.ToString(),
    };

    private static PipeReader? Body(HttpContext context)
    {
        var canHaveBody = context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody
            ?? (context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0);
        if (!canHaveBody)
        {
            return null;
        }

        // A form that middleware has read is empty for later readers, unless it was buffered.
        return context.Features.Get<IFormFeature>()?.Form is not null && !context.Request.Body.CanSeek
            ? throw new InvalidOperationException("Middleware has read the request's form before the function could, so its body is lost. Call HttpRequest.EnableBuffering before that middleware, or set FormOptions.BufferBody.")
            : context.Request.BodyReader;
    }

    private static Dictionary<string, string>? Params(HttpContext context)
    {
        var pattern = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern;
        if (pattern is null || pattern.Parameters.Count == 0)
        {
            return null;
        }

        var values = context.Request.RouteValues;
        var parameters = new Dictionary<string, string>(pattern.Parameters.Count, StringComparer.Ordinal);
        foreach (var parameter in pattern.Parameters)
        {
            // A catch-all that matched nothing has no value in ASP.NET Core; functions get the empty rest.
            parameters[parameter.Name] = values[parameter.Name] as string ?? "";
        }

        return parameters;
    }
}
