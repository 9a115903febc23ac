namespace JsRun;

/// <summary>
/// Runs around each invocation of a function: before it, after it, or instead of it. Added with <c>AddFunctionFilter</c>; the filter that was added first is the outermost. A filter is called by many requests at
/// the same time, so it must be thread-safe.
/// </summary>
public interface IEdgeFunctionFilter
{
    /// <summary>Runs around an invocation.</summary>
    /// <param name="context">Describes the invocation.</param>
    /// <param name="next">Invokes the next filter, or the function. If it is not called, the function does not run.</param>
    /// <returns>The result of <paramref name="next"/>, or another one. Results that are not returned are disposed of.</returns>
    /// <exception cref="Exception">Whatever the filter throws. The request then fails as if a host function had thrown: 500 <c>host-error</c>, with the exception in the log and not in the response.</exception>
    ValueTask<EdgeFunctionResult> InvokeAsync(EdgeFunctionFilterContext context, EdgeFunctionFilterDelegate next);
}
