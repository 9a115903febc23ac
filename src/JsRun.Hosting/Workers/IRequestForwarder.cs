using JsRun.Functions;

namespace JsRun.Workers;

/// <summary>Forwards a request to a worker, and its response back. <c>JsRun.AspNetCore</c> provides it. Thread-safe.</summary>
internal interface IRequestForwarder
{
    /// <param name="worker">The worker.</param>
    /// <param name="head">The part of the request that is not in its method, headers and body.</param>
    /// <param name="request">The request.</param>
    /// <param name="caller">The caller's token: the client has gone.</param>
    /// <param name="cancellationToken">A time limit has passed, or the client has gone: nobody waits for the head of the response any more.</param>
    /// <returns>The response; its body is still to come.</returns>
    /// <exception cref="JsRunException">The function failed.</exception>
    /// <exception cref="ForwardingException">The worker did not answer.</exception>
    Task<EdgeFunctionResponse> ForwardAsync(WorkerInstance worker, ForwardedHead head, EdgeFunctionRequest request, CancellationToken caller, CancellationToken cancellationToken);
}
