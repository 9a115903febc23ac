using JsRun.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.Logging;

namespace JsRun.Bridge;

/// <summary>Walks a request through a function and its answer back; decides what the client is told where there is none.</summary>
internal sealed class FunctionInvoker(FunctionProblemWriter problems, HeaderEncoding encoding, bool exposesCaller, ILogger logger, TimeProvider time)
{
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
            // What breaks because the client left is no failure of the function.
            logger.ClientGone(function.Descriptor.Name, context.TraceIdentifier);
            context.Abort();
            return;
        }

        _failures.Failed(function.Descriptor.Name, context.TraceIdentifier, exception);
        if (context.Response.HasStarted)
        {
            logger.ConnectionAborted(function.Descriptor.Name, context.TraceIdentifier);
            context.Abort();
            return;
        }

        context.Response.Clear();
        await problems.WriteAsync(context, problem, exception);
    }

    /// <summary>A function that fails because the server refused the body did nothing wrong.</summary>
    private static JsRunException Reason(HttpContext context, JsRunException exception)
        => exception is JavaScriptException && context.Request.ContentLength > context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize
            ? new RequestTooLargeException(exception)
            : exception;
}
