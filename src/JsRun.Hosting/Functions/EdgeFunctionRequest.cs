using System.IO.Pipelines;

namespace JsRun.Functions;

/// <summary>A request on its way into JavaScript. It crosses once, as flat text; the body is pulled when the function reads it.</summary>
internal sealed class EdgeFunctionRequest
{
    /// <summary>The method, such as <c>GET</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The absolute URL.</summary>
    public required string Url { get; init; }

    /// <summary>The headers, flat: <c>name LF value LF name LF value LF</c>. Names in any case, repeated if there are several values. Values are byte strings: one character, U+0000 to U+00FF, for each byte.</summary>
    public string Headers { get; init; } = "";

    /// <summary>The body, or <see langword="null"/> where there is none. It is read by the isolate's thread and by thread-pool threads, never at the same time, until the response is disposed of.</summary>
    public PipeReader? Body { get; init; }

    /// <summary>The values of the route's parameters: <c>ctx.params</c>.</summary>
    public IReadOnlyDictionary<string, string>? Params { get; init; }

    /// <summary>The sender: <c>ctx.user</c> and <c>ctx.clientAddress</c>.</summary>
    /// <value>The default is <see langword="null"/>: <c>ctx</c> has neither.</value>
    public EdgeFunctionCaller? Caller { get; init; }

    /// <summary>The pattern of the route that led here, for filters.</summary>
    public string? Route { get; init; }

    /// <summary>What the request came with, for filters: the <c>HttpContext</c>.</summary>
    public object? Origin { get; init; }

    /// <summary>JSON of <see cref="Caller"/>, if somebody has written it already.</summary>
    public string? CallerText { get; init; }

    /// <summary>In a worker: what the host knows the request by. Otherwise empty.</summary>
    public string Token { get; init; } = "";

    /// <summary>The request's identity in logs: <c>ctx.requestId</c>.</summary>
    public string RequestId { get; init; } = "";

    /// <summary>Cancelled when a time limit of the caller's own has passed, such as that of a request-timeout policy; the caller's token is cancelled with it. The request then ends as at <see cref="JsRunLimitsOptions.Timeout"/>, instead of being given time to clean up.</summary>
    public CancellationToken TimeLimit { get; init; }
}
