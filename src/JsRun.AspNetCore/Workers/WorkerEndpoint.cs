using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using JsRun.AspNetCore.Bridge;
using JsRun.AspNetCore.Problems;
using JsRun.Diagnostics;
using JsRun.Functions;
using JsRun.Workers;
using JsRun.Workers.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace JsRun.AspNetCore.Workers;

/// <summary>Answers the requests that the host forwards to a worker.</summary>
internal sealed class WorkerEndpoint(WorkerIdentity worker, WorkerFunctions functions, GuardedLoggerFactory loggers, HeaderEncoding encoding)
{
    private readonly byte[] _key = Encoding.UTF8.GetBytes(worker.Settings.Key);
    private readonly ILogger _logger = loggers.CreateLogger("JsRun.Functions");

    public async Task InvokeAsync(HttpContext context)
    {
        var head = ReadHead(context);
        if (head is null || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(head.Key), _key) || functions.Find(head.Function) is not { } function)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var limit = functions.Begin(head.Token);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, limit);
        try
        {
            await using var response = await function.InvokeAsync(CreateRequest(context, head, limit), either.Token);
            await ResponseWriter.WriteAsync(context, response);
        }
        catch (JsRunException e) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.Headers[ForwardedFailure.HeaderName] = "1";
            await context.Response.WriteAsJsonAsync(ForwardedFailure.Of(e), WorkersJson.Default.ForwardedFailure, cancellationToken: CancellationToken.None);
        }
        catch (JsRunException e)
        {
            // The host cannot say it: all that it sees is a body that breaks off.
            _logger.Failed(function.Descriptor.Name, head.RequestId, e);
            await BreakOffAsync(context);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
        finally
        {
            functions.End(head.Token);
        }
    }

    // What was written is to arrive all the same, without an end.
    private static async Task BreakOffAsync(HttpContext context)
    {
        await context.Response.BodyWriter.FlushAsync(CancellationToken.None);
        throw new IncompleteResponseException("", null!);
    }

    private static ForwardedHead? ReadHead(HttpContext context)
    {
        try
        {
            var header = context.Request.Headers[ForwardedHead.HeaderName].ToString();
            context.Request.Headers.Remove(ForwardedHead.HeaderName);
            return JsonSerializer.Deserialize(Convert.FromBase64String(header), WorkersJson.Default.ForwardedHead);
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            // Not the host: it gets a 404.
            return null;
        }
    }

    private EdgeFunctionRequest CreateRequest(HttpContext context, ForwardedHead head, CancellationToken limit) => new()
    {
        Method = context.Request.Method,
        Url = head.Url,
        Headers = RequestHeaderFrame.Create(context.Request.Headers, encoding),
        Body = context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false } ? null : context.Request.BodyReader,
        Params = head.Params,
        CallerText = head.Caller,
        RequestId = head.RequestId,
        TimeLimit = limit,
        Token = head.Token,
    };
}
