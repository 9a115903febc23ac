using JsRun.AspNetCore.Forwarding;
using JsRun.AspNetCore.Problems;
using JsRun.Functions;
using JsRun.Scheduling;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.Logging;

namespace JsRun.AspNetCore.Bridge;

/// <summary>Walks a request through a function and its answer back; decides what the client is told where there is none.</summary>
internal sealed class FunctionInvoker(FunctionProblemWriter problems, HeaderEncoding encoding, bool exposesCaller, ILogger logger, TimeProvider time)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(250);
    private readonly RefusalLog _failures = new(logger, time);

    public RequestDelegate For(EdgeFunction function) => context => InvokeAsync(context, function);

    private async Task InvokeAsync(HttpContext context, EdgeFunction function)
    {
        try
        {
            if (RequestCheck.Refuse(context) is { } refused)
            {
                throw refused;
            }

            // RequestAborted is read for each call: the request-timeouts middleware replaces it.
            await using var response = await function.InvokeAsync(RequestFrame.Create(context, encoding, exposesCaller), context.RequestAborted);
            await ResponseWriter.WriteAsync(context, response);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested || context.Response.HasStarted)
        {
            // The server may know that the reader has gone before it says so through RequestAborted.
            logger.ClientGone(function.Descriptor.Name, context.TraceIdentifier);
            if (context.Response.HasStarted)
            {
                context.Abort();
            }
            else if (context.Features.Get<IHttpRequestTimeoutFeature>() is not null)
            {
                // It may have been the time-out of the endpoint's policy, which has an answer of its own.
                throw;
            }
        }
        catch (JsModuleException) when (function.State == EdgeFunctionState.Removed)
        {
            // It was routed here a moment before the route went.
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        catch (JsModuleException exception) when (function.State == EdgeFunctionState.Library)
        {
            // Only in Development, or a moment before its route goes.
            await problems.WriteAsync(context, FunctionProblem.NoHandler, exception);
        }
        catch (JsRunException exception) when (FunctionProblem.Of(Reason(context, exception)) is { } problem)
        {
            await FailAsync(context, function, problem, Reason(context, exception));
        }
    }

    private async Task FailAsync(HttpContext context, EdgeFunction function, FunctionProblem problem, JsRunException exception)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            // What breaks because the client left is not a failure of the function.
            logger.ClientGone(function.Descriptor.Name, context.TraceIdentifier);
            context.Abort();
            return;
        }

        if (exception is not ForwardedBodyException)
        {
            _failures.Failed(function.Descriptor.Name, context.TraceIdentifier, exception);
        }

        if (context.Response.HasStarted)
        {
            await EndAsync(context, function, exception);
            return;
        }

        context.Response.Clear();
        await problems.WriteAsync(context, problem, exception);
    }

    /// <summary>
    /// The response is incomplete, and must not look complete. What was written is to reach the client all the same: aborting throws away what is not on its way yet, while a server that is told
    /// of an error sends it and leaves the end out; and caches and compression learn of it.
    /// </summary>
    private async Task EndAsync(HttpContext context, EdgeFunction function, JsRunException exception)
    {
        logger.ConnectionAborted(function.Descriptor.Name, context.TraceIdentifier);
        if (HttpProtocol.IsHttp10(context.Request.Protocol) && context.Response.ContentLength is null)
        {
            // Its body ends with the connection: only a reset shows that something is missing.
            context.Abort();
            return;
        }

        if (!HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            // A stream of HTTP/2 and 3 is reset, and the server does not say when it has sent what was flushed before: that is left to it, in a moment.
            await Task.Delay(Moment, GuardedTime.Of(time), context.RequestAborted);
        }

        throw new IncompleteResponseException(function.Descriptor.Name, exception);
    }

    /// <summary>A function that fails because the server refused the body did nothing wrong.</summary>
    private static JsRunException Reason(HttpContext context, JsRunException exception)
        => exception is JavaScriptException && context.Request.ContentLength > context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize
            ? new RequestTooLargeException(exception)
            : exception;
}
