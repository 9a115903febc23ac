using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using JsRun.AspNetCore.Bridge;
using JsRun.Functions;
using JsRun.Streams;
using JsRun.Workers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace JsRun.AspNetCore.Forwarding;

/// <summary>
/// A request on its way to a worker, and the response on its way back. YARP stops after the head of the response until it is known that this response is the one to send: filters and the pipeline
/// of the function see the head first.
/// </summary>
internal sealed class ForwardedResponse : EdgeFunctionResponse
{
    /// <summary>The address of a worker. The connection goes to its socket whatever the address is.</summary>
    public const string Prefix = "http://jsrun-worker/";

    private const int MostFailureBytes = 1 << 20;

    private readonly HttpContext _context;
    private readonly ForwardedHead _head;
    private readonly EdgeFunctionRequest _request;
    private readonly CancellationTokenSource _cancellation = new();
    private readonly TaskCompletionSource _headCame = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _decision = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<ForwarderError> _forwarding = Task.FromResult(ForwarderError.None);
    private HttpResponseMessage? _response;
    private string _headers = "";

    public ForwardedResponse(HttpContext context, WorkerInstance worker, ForwardedHead head, EdgeFunctionRequest request)
    {
        _context = context;
        Worker = worker;
        _head = head;
        _request = request;
        Transformer = new HeadTransformer(this);
    }

    public WorkerInstance Worker { get; }

    public HttpTransformer Transformer { get; }

    public CancellationToken Cancellation => _cancellation.Token;

    public override int Status => (int)_response!.StatusCode;

    public override string StatusText => _response!.ReasonPhrase ?? "";

    public override string Headers => _headers;

    public override BodyKind BodyKind => BodyKind.Stream;

    public override long? ContentLength => _response!.Content.Headers.ContentLength;

    public void Start(ValueTask<ForwarderError> forwarding) => _forwarding = forwarding.AsTask();

    /// <summary>Waits for the head.</summary>
    /// <exception cref="JsRunException">The function failed.</exception>
    /// <exception cref="ForwardingException">The worker did not answer.</exception>
    public async Task<EdgeFunctionResponse> HeadAsync(CancellationToken caller, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAny(_headCame.Task, _forwarding).WaitAsync(cancellationToken);
            if (_headCame.Task.IsCompleted)
            {
                await _headCame.Task;
                return this;
            }

            var error = await _forwarding;
            caller.ThrowIfCancellationRequested();
            throw Failure(error);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends the response to the client.</summary>
    /// <exception cref="JsWorkerLostException">The worker ended meanwhile.</exception>
    public async Task SendAsync()
    {
        using var gone = _context.RequestAborted.UnsafeRegister(static state => ((ForwardedResponse)state!)._cancellation.Cancel(), this);
        _decision.TrySetResult(true);
        var error = await _forwarding;
        if (error is ForwarderError.None)
        {
            return;
        }

        _context.RequestAborted.ThrowIfCancellationRequested();
        if (error is ForwarderError.ResponseBodyClient or ForwarderError.ResponseBodyCanceled)
        {
            throw new OperationCanceledException("The client has disconnected.");
        }

        // What went wrong in the function itself is in the log: the worker says it there.
        throw new ForwardedBodyException($"The response of '{_request.Route ?? _request.Url}' broke off.", _context.GetForwarderErrorFeature()?.Exception);
    }

    public override ValueTask WriteBodyAsync(PipeWriter writer, CancellationToken cancellationToken) => throw new NotSupportedException("YARP writes the body.");

    public override async ValueTask DisposeAsync()
    {
        if (!_decision.Task.IsCompleted || !_forwarding.IsCompleted)
        {
            await _cancellation.CancelAsync();
            _decision.TrySetResult(false);
            // YARP reads the request's body no more once it has ended.
            await _forwarding;
        }

        _cancellation.Dispose();
    }

    private Exception Failure(ForwarderError error)
    {
        var cause = _context.GetForwarderErrorFeature()?.Exception;
        for (var inner = cause; inner is not null; inner = inner.InnerException)
        {
            if (inner is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
            {
                return new RequestTooLargeException(new JavaScriptException(inner.Message));
            }
        }

        return error is ForwarderError.RequestBodyClient or ForwarderError.RequestBodyCanceled && _context.RequestAborted.IsCancellationRequested
            ? new OperationCanceledException("The client has disconnected.", cause, _context.RequestAborted)
            : new ForwardingException(cause?.GetBaseException().Message ?? error.ToString(), cause);
    }

    private void Address(HttpRequestMessage message)
    {
        message.RequestUri = new Uri(Prefix);
        for (var rest = _request.Headers.AsSpan(); ResponseHeaderFrame.Next(ref rest, out var name, out var value);)
        {
            Add(message, name.ToString(), value.ToString());
        }

        message.Headers.TryAddWithoutValidation(ForwardedHead.HeaderName, Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(_head, WorkersJson.Default.ForwardedHead)));
    }

    private static void Add(HttpRequestMessage message, string name, string value)
    {
        if (!name.Equals(ForwardedHead.HeaderName, StringComparison.OrdinalIgnoreCase) && !message.Headers.TryAddWithoutValidation(name, value))
        {
            message.Content?.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private async ValueTask<bool> ReceiveAsync(HttpResponseMessage? response, CancellationToken cancellationToken)
    {
        if (response is null)
        {
            return false;
        }

        _response = response;
        if (response.Headers.NonValidated.Contains(ForwardedFailure.HeaderName))
        {
            _headCame.TrySetException(await ReadFailureAsync(response, cancellationToken));
            return false;
        }

        _headers = Flatten(response);
        _headCame.TrySetResult();
        if (!await _decision.Task)
        {
            return false;
        }

        _context.Response.StatusCode = Status;
        if (ReasonPhrase.CanSend(StatusText))
        {
            _context.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = StatusText;
        }

        ResponseHeaderFrame.Apply(_headers, _context.Response.Headers, out var length);
        _context.Response.ContentLength = length;
        if (_context.Response.ContentType?.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) == true)
        {
            _context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        }

        if (length is null && !HttpMethods.IsHead(_context.Request.Method) && Status is not (StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or StatusCodes.Status304NotModified))
        {
            // The client gets the headers of a stream before its first chunk is there.
            await _context.Response.Body.FlushAsync(cancellationToken);
        }

        return true;
    }

    private static async Task<JsRunException> ReadFailureAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            // The worker is not trusted to be brief.
            await response.Content.LoadIntoBufferAsync(MostFailureBytes, cancellationToken);
            var failure = JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(cancellationToken), WorkersJson.Default.ForwardedFailure);
            return Failures.ToException(failure ?? new ForwardedFailure("", "The worker did not say why the function failed."));
        }
        catch (Exception e) when (e is JsonException or HttpRequestException)
        {
            return Failures.ToException(new ForwardedFailure("", $"The worker did not say why the function failed: {e.Message}"));
        }
    }

    private static string Flatten(HttpResponseMessage response)
    {
        var frame = new StringBuilder();
        foreach (var (name, values) in response.Headers.NonValidated)
        {
            Append(frame, name, values);
        }

        foreach (var (name, values) in response.Content.Headers.NonValidated)
        {
            Append(frame, name, values);
        }

        return frame.ToString();
    }

    private static void Append(StringBuilder frame, string name, System.Net.Http.Headers.HeaderStringValues values)
    {
#pragma warning disable CA1308 // Frames have names in lower case.
        var lower = name.ToLowerInvariant();
#pragma warning restore CA1308
        if (lower is "transfer-encoding" or "connection" or "keep-alive")
        {
            return;
        }

        foreach (var value in values)
        {
            frame.Append(lower).Append('\n').Append(value).Append('\n');
        }
    }

    /// <summary>Hands YARP's steps to the exchange.</summary>
    private sealed class HeadTransformer(ForwardedResponse exchange) : HttpTransformer
    {
        public override ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            exchange.Address(proxyRequest);
            return ValueTask.CompletedTask;
        }

        public override ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken) => exchange.ReceiveAsync(proxyResponse, cancellationToken);

        public override ValueTask TransformResponseTrailersAsync(HttpContext httpContext, HttpResponseMessage proxyResponse, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
