using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Net.WebSockets;
using JsRun.Groups;
using JsRun.Images.Building;
using JsRun.WebApi.Fetch;
using JsRun.WebApi.WebSockets;
using JsRun.Workers.Sandbox;
using Nerdbank.Streams;

namespace JsRun.Workers;

/// <summary>The host's side of a worker: does what its functions ask for, after it has checked that they may. Thread-safe.</summary>
internal sealed class WorkerBroker(PoolGroup group, IFetchService fetch, IWebSocketService sockets, BrokeredImages images, WorkerLog log, TimeProvider time) : IWorkerBroker
{
    private const int SocketBuffer = 16 * 1024;

    private readonly ConcurrentDictionary<string, BrokerRequest> _requests = new(StringComparer.Ordinal);

    private readonly ConcurrentQueue<BrokerRequest> _ended = new();
    private int _withoutToken;

    // Requests that come without a token, such as those of a top level: they count against the group.
    private readonly BrokerRequest _group = new("", group.Name, "", null, int.MaxValue);

    /// <summary>Raised when a worker says that the state of a function has changed.</summary>
    public Action<FunctionReport>? FunctionChanged { get; set; }

    /// <summary>Raised when a worker has sealed itself.</summary>
    public Action<SandboxReport>? Confined { get; set; }

    public void Add(BrokerRequest request) => _requests[request.Token] = request;

    /// <summary>The response of a request has ended. What <c>waitUntil</c> keeps of it may be silent for as long as a stream may.</summary>
    public void End(BrokerRequest request)
    {
        request.End(time.GetTimestamp());
        _ended.Enqueue(request);
        while (_ended.TryPeek(out var oldest) && time.GetElapsedTime(oldest.LastUse) > group.Options.Limits.IdleTimeout && _ended.TryDequeue(out var over))
        {
            _requests.TryRemove(over.Token, out _);
        }
    }

    public async Task<FetchReport> FetchAsync(FetchOrder order, IDuplexPipe body, CancellationToken cancellationToken)
    {
        try
        {
            using var turn = TakeTurn(order.Token);
            var request = Admit(order.Token);
            Activity.Current = request.Activity;
            var content = order.HasBody ? FetchBody.Stream(body.Input, order.Length) : FetchBody.None;
            var result = await fetch.SendAsync(new FetchRequest(order.Method, order.Url, order.Headers, content, request.Loop), group.Context.Caller, cancellationToken).ConfigureAwait(false);
            var report = new FetchReport(result.Status, result.ReasonPhrase, result.Headers, result.Body is not null, null);
            _ = CopyAsync(result, body);
            return report;
        }
        catch (Exception e) when (Describe(e) is { } error)
        {
            // The script gets it.
            await body.Output.CompleteAsync().ConfigureAwait(false);
            return new FetchReport(0, "", "", false, error);
        }
    }

    public async Task<SocketReport> OpenSocketAsync(SocketOrder order, IDuplexPipe messages, CancellationToken cancellationToken)
    {
        try
        {
            using var turn = TakeTurn(order.Token);
            var request = Admit(order.Token);
            Activity.Current = request.Activity;
            if (!FetchUrl.TryParse(order.Url, out var url))
            {
                throw new FetchException($"'{order.Url}' is not a URL.");
            }

            var socket = await sockets.ConnectAsync(new WebSocketRequest(url, order.Protocols, request.Loop), group.Context.Caller, cancellationToken).ConfigureAwait(false);
            var inner = WebSocket.CreateFromStream(messages.AsStream(), isServer: true, socket.SubProtocol, Timeout.InfiniteTimeSpan);
            _ = RelayAsync(socket, inner);
            return new SocketReport(socket.SubProtocol ?? "", null);
        }
        catch (Exception e) when (Describe(e) is { } error)
        {
            // The script gets it.
            await messages.Output.CompleteAsync().ConfigureAwait(false);
            return new SocketReport(null, error);
        }
    }

    public Task LogAsync(IReadOnlyList<WorkerLogEntry> entries, long dropped)
    {
        lock (log)
        {
            log.Write(entries, dropped);
        }

        return Task.CompletedTask;
    }

    public Task ConfinedAsync(string report)
    {
        Confined?.Invoke(SandboxReport.Parse(report));
        return Task.CompletedTask;
    }

    public Task<ImageReport> BuildImageAsync(WorkerJob job, IDuplexPipe blobs, CancellationToken cancellationToken) => images.BuildAsync(job, blobs, cancellationToken);

    public Task FunctionChangedAsync(FunctionReport report)
    {
        FunctionChanged?.Invoke(report);
        return Task.CompletedTask;
    }

    // What no request asks for, the group may ask for as often at a time as a request may in all.
    private Turn TakeTurn(string token)
    {
        var limit = group.Options.Limits.MaxSubrequests;
        if (token.Length == 0 && Interlocked.Increment(ref _withoutToken) > limit)
        {
            Interlocked.Decrement(ref _withoutToken);
            throw new SubrequestLimitException($"Too many subrequests are under way that belong to no request (JsRun:Limits:MaxSubrequests: {limit}).");
        }

        return new Turn(token.Length == 0 ? this : null);
    }

    private BrokerRequest Admit(string token)
    {
        var limits = group.Options.Limits;
        var request = token.Length == 0 ? _group : _requests.TryGetValue(token, out var known) ? known : throw new FetchException("The request on whose behalf this is asked for has ended.");
        if (request.HasEnded && time.GetElapsedTime(request.LastUse) > limits.IdleTimeout)
        {
            throw new FetchException("The request on whose behalf this is asked for has ended.");
        }

        request.Use(time.GetTimestamp());
        if (!request.TryCount())
        {
            throw new SubrequestLimitException($"This request has reached its limit of subrequests (JsRun:Limits:MaxSubrequests: {limits.MaxSubrequests}).");
        }

        var depth = FetchLoop.Depth(request.Loop);
        return depth >= limits.MaxSubrequestDepth
            ? throw new SubrequestLimitException($"This request came through {depth} functions that called one another: JsRun:Limits:MaxSubrequestDepth is {limits.MaxSubrequestDepth}.")
            : request;
    }

    private static BrokerError? Describe(Exception error) => error switch
    {
        JsPermissionException denied => new BrokerError(BrokerErrorKind.Permission, denied.Message, denied.Permission),
        SubrequestLimitException => new BrokerError(BrokerErrorKind.Limit, error.Message),
        FetchException { IsHosts: true } => new BrokerError(BrokerErrorKind.Host, error.Message),
        FetchException => new BrokerError(BrokerErrorKind.Network, error.Message),
        _ => null,
    };

    // The worker has closed its end if nobody reads any more.
    private static async Task CopyAsync(FetchResult result, IDuplexPipe pipe)
    {
        Exception? failure = null;
        await using (result.ConfigureAwait(false))
        {
            try
            {
                if (result.Body is { } body)
                {
                    await body.CopyToAsync(pipe.Output).ConfigureAwait(false);
                }
            }
            catch (Exception e)
            {
                failure = e;
            }
        }

        await pipe.Output.CompleteAsync(failure).ConfigureAwait(false);
    }

    private static async Task RelayAsync(WebSocket outer, WebSocket inner)
    {
        using (outer)
        using (inner)
        {
            try
            {
                await Task.WhenAll(CopyAsync(outer, inner), CopyAsync(inner, outer)).ConfigureAwait(false);
            }
            catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
            {
                // One of the two has gone: both end with it.
                outer.Abort();
                inner.Abort();
            }
        }
    }

    private static async Task CopyAsync(WebSocket from, WebSocket to)
    {
        var buffer = new byte[SocketBuffer];
        try
        {
            while (true)
            {
                var part = await from.ReceiveAsync(buffer.AsMemory(), CancellationToken.None).ConfigureAwait(false);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    await to.CloseOutputAsync(from.CloseStatus ?? WebSocketCloseStatus.NormalClosure, from.CloseStatusDescription, CancellationToken.None).ConfigureAwait(false);
                    return;
                }

                await to.SendAsync(buffer.AsMemory(0, part.Count), part.MessageType, part.EndOfMessage, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch
        {
            to.Abort();
            throw;
        }
    }

    private readonly struct Turn(WorkerBroker? broker) : IDisposable
    {
        public void Dispose()
        {
            if (broker is not null)
            {
                Interlocked.Decrement(ref broker._withoutToken);
            }
        }
    }
}
