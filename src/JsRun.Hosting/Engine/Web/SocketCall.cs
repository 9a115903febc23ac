using System.Buffers;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;
using JsRun.Engine.HostFunctions;
using JsRun.Engine.Operations;
using JsRun.Scheduling;
using JsRun.WebApi.WebSockets;

namespace JsRun.Engine.Web;

/// <summary>
/// One WebSocket of a script: it lives on the thread pool, and what happens to it comes back as messages. The next message is received only when JavaScript has had the one
/// before.
/// </summary>
internal sealed class SocketCall(SocketPort port, V8Context context, Operation operation, int id, WebSocketRequest request)
{
    private static readonly TimeSpan ClosingTime = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _cancellation = new();
    private readonly Channel<SocketMessage> _outgoing = Channel.CreateUnbounded<SocketMessage>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ArrayBufferWriter<byte> _incoming = new();
    private WebSocket? _socket;
    private Task _sending = Task.CompletedTask;
    private CancellationTokenSource? _closing;
    private volatile bool _closedWithoutStatus;
    private int _read;
    private long _waiting;

    public int Id { get; } = id;

    public Operation Operation { get; } = operation;

    private int Limit => context.Options.Limits.MaxWebSocketBytes;

    public void Start() => RunAsync().Forget(context.Isolate.Services.Logger);

    /// <summary>It is not to be opened.</summary>
    public void Refuse(Exception error) => EndAsync(error, SocketPort.Abnormal, "", clean: false).Forget(context.Isolate.Services.Logger);

    /// <returns>Whether there was room for it among what waits to be sent.</returns>
    public bool Send(WebSocketMessageType type, ReadOnlyMemory<byte> bytes) =>
        Interlocked.Add(ref _waiting, bytes.Length) <= Limit && _outgoing.Writer.TryWrite(new SocketMessage(type, bytes));

    /// <summary>After what waits to be sent; at once with <see cref="SocketPort.Abnormal"/>.</summary>
    public void Close(int code, string reason)
    {
        if (_socket is null || code == SocketPort.Abnormal)
        {
            Abort();
            return;
        }

        _outgoing.Writer.TryWrite(new SocketMessage(WebSocketMessageType.Close, default, code, reason));
    }

    /// <summary>Ends it without a word to the other side.</summary>
    public void Abort() => _cancellation.CancelAsync().Forget();

    /// <summary>Hands over the next bytes of the message that JavaScript is being told of.</summary>
    public int Read(TransferBuffer target)
    {
        var part = _incoming.WrittenSpan[_read..];
        part = part[..(int)Math.Min(part.Length, target.Length)];
        target.Write(part, 0);
        _read += part.Length;
        return part.Length;
    }

    private async Task RunAsync()
    {
        Activity.Current = Operation.Activity;
        try
        {
            _socket = await context.Isolate.Services.WebSockets.ConnectAsync(request, context.Options.Caller, _cancellation.Token).ConfigureAwait(false);
            await TellAsync(SocketEvent.Opened, _socket.SubProtocol ?? "").ConfigureAwait(false);
            _sending = SendAllAsync(_socket);
            await ReceiveAllAsync(_socket).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Denials.Tell(context, Operation, e);
            await EndAsync(e, SocketPort.Abnormal, "", clean: false).ConfigureAwait(false);
        }
        finally
        {
            _outgoing.Writer.TryComplete();
            _socket?.Dispose();
            _closing?.Dispose();
        }
    }

    private async Task ReceiveAllAsync(WebSocket socket)
    {
        while (true)
        {
            var result = await socket.ReceiveAsync(_incoming.GetMemory(4096), _cancellation.Token).ConfigureAwait(false);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                await AnswerCloseAsync(socket).ConfigureAwait(false);
                return;
            }

            _incoming.Advance(result.Count);
            if (_incoming.WrittenCount > Limit)
            {
                await FailAsync(socket, $"A message is longer than JsRun:Limits:MaxWebSocketBytes ({Limit}).").ConfigureAwait(false);
                return;
            }

            if (result.EndOfMessage)
            {
                await DeliverAsync(result.MessageType).ConfigureAwait(false);
            }
        }
    }

    private async Task DeliverAsync(WebSocketMessageType type)
    {
        await (type == WebSocketMessageType.Text
            ? TellAsync(SocketEvent.Text, Encoding.UTF8.GetString(_incoming.WrittenSpan))
            : TellAsync(SocketEvent.Bytes, _incoming.WrittenCount)).ConfigureAwait(false);
        _incoming.ResetWrittenCount();
        _read = 0;
    }

    private async Task AnswerCloseAsync(WebSocket socket)
    {
        var status = socket.CloseStatus ?? WebSocketCloseStatus.NormalClosure;
        var reason = socket.CloseStatusDescription ?? "";
        if (_closing is not null)
        {
            // This is the answer to ours, which .NET may not have noted as sent yet: to send another would fail.
            await _sending.ConfigureAwait(false);
        }
        else if (socket.State == WebSocketState.CloseReceived)
        {
            await socket.CloseOutputAsync(status, reason, _cancellation.Token).ConfigureAwait(false);
        }

        var code = _closedWithoutStatus && status == WebSocketCloseStatus.NormalClosure ? SocketPort.NoStatus : (int)status;

        await EndAsync(null, code, reason, clean: true).ConfigureAwait(false);
    }

    private async Task FailAsync(WebSocket socket, string reason)
    {
        await socket.CloseOutputAsync(WebSocketCloseStatus.MessageTooBig, reason, _cancellation.Token).ConfigureAwait(false);
        await EndAsync(new InvalidDataException(reason), (int)WebSocketCloseStatus.MessageTooBig, reason, clean: false).ConfigureAwait(false);
    }

    private async Task SendAllAsync(WebSocket socket)
    {
        try
        {
            await foreach (var message in _outgoing.Reader.ReadAllAsync(_cancellation.Token).ConfigureAwait(false))
            {
                if (message.Type == WebSocketMessageType.Close)
                {
                    await CloseOutputAsync(socket, message).ConfigureAwait(false);
                    return;
                }

                await socket.SendAsync(message.Bytes, message.Type, endOfMessage: true, _cancellation.Token).ConfigureAwait(false);
                Interlocked.Add(ref _waiting, -message.Bytes.Length);
                TellAsync(SocketEvent.Sent, message.Bytes.Length).Forget(context.Isolate.Services.Logger);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The receiving loop notices it too, and reports it.
        }
    }

    // Who does not answer a close is left.
    private Task CloseOutputAsync(WebSocket socket, SocketMessage message)
    {
        _closing = new CancellationTokenSource(ClosingTime, GuardedTime.Of(context.Isolate.Services.Time));
        _closing.Token.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _cancellation);
        // .NET cannot leave the status out.
        _closedWithoutStatus = message.Code == SocketPort.NoStatus;
        return socket.CloseOutputAsync(_closedWithoutStatus ? WebSocketCloseStatus.NormalClosure : (WebSocketCloseStatus)message.Code, message.Reason, _cancellation.Token);
    }

    private async Task EndAsync(Exception? error, int code, string reason, bool clean)
    {
        if (error is not null)
        {
            await TellAsync(SocketEvent.Failed, error.Message).ConfigureAwait(false);
        }

        await TellAsync(SocketEvent.Closed, code, reason, clean).ConfigureAwait(false);
    }

    /// <returns>A task that ends when JavaScript has heard it, or never will.</returns>
    private Task TellAsync(SocketEvent what, params object?[] arguments)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        context.Post(new ActionItem(
            () =>
            {
                port.Tell(this, what, arguments);
                told.TrySetResult();
            },
            () => told.TrySetResult()));
        return told.Task;
    }
}
