using JsRun.AspNetCore.Forwarding;
using JsRun.Functions;
using JsRun.Streams;
using JsRun.Workers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace JsRun.AspNetCore.Bridge;

/// <summary>Gives a function's answer to the server. Nothing is written into the body before the server has accepted the head: bytes that wait behind a refused one would go out in front of the next answer.</summary>
internal static class ResponseWriter
{
    public static async ValueTask WriteAsync(HttpContext context, EdgeFunctionResponse answer)
    {
        if ((answer as WorkerResponse)?.Inner is ForwardedResponse forwarded)
        {
            await forwarded.SendAsync();
            return;
        }

        var response = context.Response;
        response.StatusCode = answer.Status;
        if (ReasonPhrase.CanSend(answer.StatusText))
        {
            // HTTP/2 and HTTP/3 have none, and their servers leave it out.
            context.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = answer.StatusText;
        }

        ResponseHeaderFrame.Apply(answer.Headers, response.Headers, out var claimedLength);
        if (HttpMethods.IsHead(context.Request.Method))
        {
            // Without a body the function says what GET would send, or nothing is said.
            response.ContentLength = answer.BodyKind == BodyKind.None ? claimedLength : answer.ContentLength ?? claimedLength;
            return;
        }

        // No body: disposing of the answer cancels a stream that has one.
        if (answer.Status is StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or StatusCodes.Status304NotModified)
        {
            return;
        }

        switch (answer.BodyKind)
        {
            case BodyKind.None:
                response.ContentLength = 0;
                break;
            case BodyKind.Stream:
                // The stream's own, if the host knows it, else what the function says.
                response.ContentLength = answer.ContentLength ?? claimedLength;
                await WriteStreamAsync(context, answer, response.ContentLength);
                break;
            default:
                response.ContentLength = answer.ContentLength;
                await response.StartAsync(context.RequestAborted);
                await answer.WriteBodyAsync(response.BodyWriter, context.RequestAborted);
                break;
        }
    }

    private static async ValueTask WriteStreamAsync(HttpContext context, EdgeFunctionResponse answer, long? length)
    {
        var response = context.Response;
        if (response.ContentType?.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) == true)
        {
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        }

        // The client gets the headers before the first chunk is produced, which may take as long as it likes. Flushing the writer would do only where no middleware has put a
        // stream of its own in its place (response compression): an empty writer does not pass a flush on.
        await response.Body.FlushAsync(context.RequestAborted);
        if (length is not { } announced)
        {
            await answer.WriteBodyAsync(response.BodyWriter, context.RequestAborted);
            return;
        }

        var writer = new LengthWriter(response.BodyWriter, announced);
        try
        {
            await answer.WriteBodyAsync(writer, context.RequestAborted);
        }
        catch (OperationCanceledException) when (writer.IsExceeded)
        {
            // What the stream was told; the reason is below.
        }

        writer.Verify();
    }
}
