using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Net.WebSockets;
using JsRun.Bindings;
using JsRun.Groups;
using JsRun.Images.Building;
using JsRun.WebApi.Fetch;
using JsRun.WebApi.WebSockets;
using JsRun.Workers.Sandbox;
using Nerdbank.Streams;

namespace JsRun.Workers.Brokering;

/// <summary>The host's side of a worker: does what its functions ask for, after it has checked that they may. Thread-safe.</summary>
internal sealed class WorkerBroker(PoolGroup group, WorkerServices services, BrokeredBindings bindings, BrokeredCaches caches, WorkerLog log) : IWorkerBroker
{
    private const string Ended = "The request on whose behalf this is asked for has ended.";
    private const int SocketBuffer = 16 * 1024;

    // A worker builds two at a time.
    private const int MostImages = 4;
    private const int MostCalls = 1024;
    private const int MostCaches = 64;

    private readonly ConcurrentDictionary<string, BrokerRequest> _requests = new(StringComparer.Ordinal);

    private readonly ConcurrentQueue<BrokerRequest> _ended = new();

    // What no request asks for, the group may ask for as often at a time as a request may in all.
    private readonly CallLimit _withoutToken = new(group.Options.Limits.MaxSubrequests);
    private readonly CallLimit _images = new(MostImages);
    private readonly CallLimit _calls = new(MostCalls);
    private readonly CallLimit _caches = new(MostCaches);
    private readonly CallLimit _broadcasts = new(1);
    private readonly CallLimit _modules = new(Serving.UplinkedCompiler.MostAtOnce);

    // Requests that come without a token, such as those of a top level: they count against the group.
    private readonly BrokerRequest _group = new("", group.Name, "", "", null, int.MaxValue);

    /// <summary>Raised when a worker says that the state of a function has changed.</summary>
    public Action<FunctionReport>? FunctionChanged { get; set; }

    /// <summary>Raised when a worker has sealed itself.</summary>
    public Action<SandboxReport>? Confined { get; set; }

    /// <summary>Takes messages to the other workers of the group.</summary>
    public Func<IReadOnlyList<BroadcastMessage>, Task>? Broadcast { get; set; }

    public void Add(BrokerRequest request) => _requests[request.Token] = request;

    /// <summary>The response of a request has ended. What <c>waitUntil</c> keeps of it may be silent for as long as a stream may.</summary>
    public void End(BrokerRequest request)
    {
        request.End(services.Time.GetTimestamp());
        _ended.Enqueue(request);
        while (_ended.TryPeek(out var oldest) && services.Time.GetElapsedTime(oldest.LastUse) > group.Options.Limits.IdleTimeout && _ended.TryDequeue(out var over))
        {
            _requests.TryRemove(over.Token, out _);
        }
    }

    public async Task<FetchReport> FetchAsync(FetchOrder order, IDuplexPipe body, CancellationToken cancellationToken)
    {
        BrokerRequest? request = null;
        try
        {
            using var place = TakePlace(order.Token);
            request = Find(order.Token);
            Count(request);
            Activity.Current = request.Activity;
            var content = order.HasBody ? FetchBody.Stream(body.Input, order.Length) : FetchBody.None;
            var result = await services.Fetch.SendAsync(new FetchRequest(order.Method, order.Url, order.Headers, content, request.Loop), group.Context.Caller, cancellationToken).ConfigureAwait(false);
            var report = new FetchReport(result.Status, result.ReasonPhrase, result.Headers, result.Body is not null, null);
            _ = CopyAsync(result, body);
            return report;
        }
        catch (Exception e) when (Describe(e) is { } error)
        {
            // The script gets it.
            Audit(request ?? _group, e);
            await body.Output.CompleteAsync().ConfigureAwait(false);
            return new FetchReport(0, "", "", false, error);
        }
    }

    public async Task<SocketReport> OpenSocketAsync(SocketOrder order, IDuplexPipe messages, CancellationToken cancellationToken)
    {
        BrokerRequest? request = null;
        try
        {
            using var place = TakePlace(order.Token);
            request = Find(order.Token);
            Count(request);
            Activity.Current = request.Activity;
            if (!FetchUrl.TryParse(order.Url, out var url))
            {
                throw new FetchException($"'{order.Url}' is not a URL.");
            }

            var socket = await services.Sockets.ConnectAsync(new WebSocketRequest(url, order.Protocols, request.Loop), group.Context.Caller, cancellationToken).ConfigureAwait(false);
            var inner = WebSocket.CreateFromStream(messages.AsStream(), isServer: true, socket.SubProtocol, Timeout.InfiniteTimeSpan);
            _ = RelayAsync(socket, inner);
            return new SocketReport(socket.SubProtocol ?? "", null);
        }
        catch (Exception e) when (Describe(e) is { } error)
        {
            // The script gets it.
            Audit(request ?? _group, e);
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

    public async Task<ImageReport> BuildImageAsync(WorkerJob job, IDuplexPipe blobs, CancellationToken cancellationToken)
    {
        using var place = _images.TryEnter() ?? throw TooMany();
        return await services.Images.BuildAsync(job, blobs, cancellationToken).ConfigureAwait(false);
    }

    public async Task<CompileReport> CompileAsync(CompileOrder order, CancellationToken cancellationToken)
    {
        using var place = _modules.TryEnter() ?? throw TooMany();
        return await services.Compiler.CompileAsync(order, cancellationToken).ConfigureAwait(false);
    }

    public async Task<HostCallReport> CallAsync(HostCallOrder order, CancellationToken cancellationToken)
    {
        using var place = _calls.TryEnter() ?? throw TooMany();
        BrokerRequest request;
        try
        {
            request = Find(order.Token);
        }
        catch (FetchException e)
        {
            return new HostCallReport(null, false, new HostErrorText(false, "HostError", "request-ended", e.Message, 0));
        }

        Activity.Current = request.Activity;
        return await bindings.CallAsync(order, request, Audit, cancellationToken).ConfigureAwait(false);
    }

    public async Task<CacheReport> CacheAsync(CacheOrder order, IDuplexPipe? entries, CancellationToken cancellationToken)
    {
        using var place = _caches.TryEnter() ?? throw TooMany();
        return await caches.CallAsync(order, entries, cancellationToken).ConfigureAwait(false);
    }

    public async Task BroadcastAsync(IReadOnlyList<BroadcastMessage> messages)
    {
        using var place = _broadcasts.TryEnter() ?? throw TooMany();
        var most = sizeof(char) * (long)group.Options.Limits.MaxBroadcastLength;
        if (Broadcast is { } broadcast)
        {
            await broadcast([.. messages.Where(m => m.Channel.Length + m.Message.Length <= 2 * most)]).ConfigureAwait(false);
        }
    }

    public Task FunctionChangedAsync(FunctionReport report)
    {
        FunctionChanged?.Invoke(report);
        return Task.CompletedTask;
    }

    private IDisposable? TakePlace(string token) =>
        token.Length > 0 ? null
            : _withoutToken.TryEnter() ?? throw new SubrequestLimitException($"Too many subrequests are under way that belong to no request (JsRun:Limits:MaxSubrequests: {group.Options.Limits.MaxSubrequests}).");

    private static InvalidOperationException TooMany() => new("The worker has too many of these calls under way.");

    private BrokerRequest Find(string token)
    {
        var request = token.Length == 0 ? _group : _requests.TryGetValue(token, out var known) ? known : throw new FetchException(Ended);
        if (request.HasEnded && services.Time.GetElapsedTime(request.LastUse) > group.Options.Limits.IdleTimeout)
        {
            throw new FetchException(Ended);
        }

        request.Use(services.Time.GetTimestamp());
        return request;
    }

    private void Count(BrokerRequest request)
    {
        var limits = group.Options.Limits;
        if (!request.TryCount())
        {
            throw new SubrequestLimitException($"This request has reached its limit of subrequests (JsRun:Limits:MaxSubrequests: {limits.MaxSubrequests}).");
        }

        var depth = FetchLoop.Depth(request.Loop);
        if (depth >= limits.MaxSubrequestDepth)
        {
            throw new SubrequestLimitException($"This request came through {depth} functions that called one another: JsRun:Limits:MaxSubrequestDepth is {limits.MaxSubrequestDepth}.");
        }
    }

    private void Audit(BrokerRequest request, Exception error)
    {
        if (error is JsPermissionException { Permission: { } permission })
        {
            var denial = new JsPermissionDenial { Permission = permission, Group = group.Name, Function = request.Function, RequestId = request.RequestId is { Length: > 0 } id ? id : null };
            services.Audit.Denied(denial, null, request.TryLog());
        }
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
}
