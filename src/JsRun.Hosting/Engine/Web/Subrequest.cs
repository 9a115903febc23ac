using JsRun.Engine.Contexts;
using JsRun.Engine.Operations;
using JsRun.WebApi.Fetch;

namespace JsRun.Engine.Web;

/// <summary>The number of requests that an operation may make, and its depth in a chain of functions that call one another.</summary>
internal static class Subrequest
{
    /// <summary>Counts one more.</summary>
    /// <returns>Why it may not be made; the message is for the script.</returns>
    public static SubrequestLimitException? Refuse(V8Context context, Operation operation)
    {
        var limits = context.Options.Limits;
        if (++operation.Subrequests > limits.MaxSubrequests)
        {
            return new SubrequestLimitException($"This request has reached its limit of subrequests (JsRun:Limits:MaxSubrequests: {limits.MaxSubrequests}).");
        }

        return operation.Depth >= limits.MaxSubrequestDepth
            ? new SubrequestLimitException($"This request came through {operation.Depth} functions that called one another: JsRun:Limits:MaxSubrequestDepth is {limits.MaxSubrequestDepth}.")
            : null;
    }
}
