using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace JsRun.Bridge;

/// <summary>Gives a function's answer to the server.</summary>
internal static class ResponseWriter
{
    public static async ValueTask WriteAsync(HttpContext context, EdgeFunctionResponse answer)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        ResponseHeaderFrame.Apply(answer.Headers, response.Headers, out var claimedLength);
        if (HttpMethods.IsHead(context.Request.Method))
        {
            // Without a body the function says what GET would send, or nothing is said.
            response.ContentLength = answer.BodyKind == EdgeFunctionBodyKind.None ? claimedLength : answer.ContentLength ?? claimedLength;
            return;
        }

        // No body: disposing of the answer cancels a stream that has one.
        if (answer.Status is StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or StatusCodes.Status304NotModified)
        {
            return;
        }

        switch (answer.BodyKind)
        {
            case EdgeFunctionBodyKind.None:
                response.ContentLength = 0;
                return;
            case EdgeFunctionBodyKind.Stream:
                response.ContentLength = answer.ContentLength;
                await StartStreamAsync(context);
                break;
            default:
                response.ContentLength = answer.ContentLength;
                break;
        }

        await answer.WriteBodyAsync(response.BodyWriter, context.RequestAborted);
    }

    /// <summary>The client gets the headers before the first chunk is produced, which may take as long as it likes.</summary>
    private static async ValueTask StartStreamAsync(HttpContext context)
    {
        if (context.Response.ContentType?.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) == true)
        {
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
