using JsRun.AspNetCore.Bridge;
using JsRun.AspNetCore.Forwarding;
using JsRun.Functions;

namespace JsRun.AspNetCore.Problems;

/// <summary>What a client is told when a function did not answer.</summary>
/// <param name="Kind">The last part of the problem's <c>type</c>.</param>
/// <param name="Status">The status code.</param>
/// <param name="Title">The same for all problems of the kind.</param>
/// <param name="Detail">What the client may do; nothing of the script.</param>
/// <param name="RetryAfter">When to try again.</param>
internal sealed record FunctionProblem(string Kind, int Status, string Title, string Detail, TimeSpan? RetryAfter = null)
{
    public static readonly FunctionProblem MethodNotSupported = new("method-not-supported", 501, "The method is not supported.", "Functions cannot be called with the methods CONNECT and TRACE.");
    public static readonly FunctionProblem BadRequest = new("bad-request", 400, "The request is not valid.", "The request's host and target do not form a valid URL.");
    public static readonly FunctionProblem Antiforgery = new("antiforgery", 400, "The antiforgery token is not valid.", "The request must contain the antiforgery token that the application issued.");
    public static readonly FunctionProblem NoHandler = new("no-handler", 404, "There is no function here.", "The file of this route handles no requests. The server's log says why.");

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private static readonly FunctionProblem ScriptError = new("script-error", 500, "The function failed.", "The function threw an error. The server's log says where.");
    private static readonly FunctionProblem InvalidResponse = new("invalid-response", 500, "The function's response cannot be sent.", "The function's response is not valid HTTP. The server's log says why.");
    private static readonly FunctionProblem HostError = new("host-error", 500, "The server failed.", "The server failed before or after the function ran. Its log says why.");
    private static readonly FunctionProblem Timeout = new("timeout", 504, "The function took too long.", "The function exceeded its time limit before it responded.");
    private static readonly FunctionProblem MemoryLimit = new("memory-limit", 500, "The function ran out of memory.", "The function exceeded its memory limit.");
    private static readonly FunctionProblem IsolateLost = new("isolate-lost", 503, "The request was lost.", "Another request on the same isolate had to be interrupted, and this one was lost with it. It is safe to try again if the request itself is.", Soon);
    private static readonly FunctionProblem DeployFailed = new("deploy-failed", 503, "The function is not available.", "No version of the function could be deployed. The server's log says why.");
    private static readonly FunctionProblem Stopping = new("stopping", 503, "The server is stopping.", "Try again: another server, or this one after its restart, will respond.", Soon);
    private static readonly FunctionProblem TooLarge = new("content-too-large", 413, "The request's body is too large.", "The server does not accept a body of this size.");

    /// <summary>The problem of an exception, or <see langword="null"/> where it is none of JsRun's.</summary>
    public static FunctionProblem? Of(JsRunException exception) => exception switch
    {
        JavaScriptException => ScriptError,
        InvalidResponseException or ForwardedBodyException => InvalidResponse,
        JsHostException => HostError,
        JsTimeoutException => Timeout,
        JsPoolExhaustedException exhausted => new("queue-full", 503, "The server is busy.", "All isolates are busy. Try again later.", exhausted.RetryAfter),
        JsMemoryLimitException => MemoryLimit,
        JsIsolateLostException => IsolateLost,
        JsModuleException => DeployFailed,
        JsWorkerLostException lost => new("worker-lost", 502, "The request was lost.", "The process that ran the function ended. It is safe to try again if the request itself is.", lost.RetryAfter),
        JsFunctionSuspendedException suspended => new("function-suspended", 503, "The function is suspended.", "The function ended its process several times. Try again later.", suspended.RetryAfter),
        JsTerminatedException => Stopping,
        RequestTooLargeException => TooLarge,
        RefusedRequestException refused => refused.Problem,
        EdgeFunctionRequestException => BadRequest,
        _ => null,
    };

    /// <summary>The problem's <c>type</c>. A name and not an address: there is no page behind it that could vanish.</summary>
    public string Type => "urn:jsrun:problem:" + Kind;
}
