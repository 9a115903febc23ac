using JsRun.AspNetCore.Problems;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace JsRun.AspNetCore.Bridge;

/// <summary>Refuses requests before a function sees them: those that no <c>Request</c> can stand for, and those that middleware has found wanting.</summary>
internal static class RequestCheck
{
    /// <returns>Why the request is refused, or <see langword="null"/>.</returns>
    public static RefusedRequestException? Refuse(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsConnect(request.Method) || HttpMethods.IsTrace(request.Method))
        {
            return new(FunctionProblem.MethodNotSupported, $"A Request cannot have the method {request.Method}: the Fetch standard forbids it.");
        }

        // Servers let some of these through, and the URL parser takes them out in silence: what a function checks would not be what was asked for.
        if (context.Features.Get<IHttpRequestFeature>()?.RawTarget is { } target && target.AsSpan().ContainsAny(Control))
        {
            return new(FunctionProblem.BadRequest, "The request's target holds a control character. Encode it, such as %09 for a tab.");
        }

        // The middleware only notes what it found; the handler of the request must check it.
        return context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } antiforgery
            ? new(FunctionProblem.Antiforgery, $"The request has no valid antiforgery token: {antiforgery.Error?.Message}")
            : null;
    }

    private static readonly System.Buffers.SearchValues<char> Control = System.Buffers.SearchValues.Create([.. Enumerable.Range(0, 33).Append(127).Select(c => (char)c)]);
}
