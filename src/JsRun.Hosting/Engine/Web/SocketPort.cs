using System.Net.WebSockets;
using System.Text;
using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;
using JsRun.Engine.Isolates;
using JsRun.Engine.Operations;
using JsRun.WebApi.Fetch;
using JsRun.WebApi.WebSockets;

namespace JsRun.Engine.Web;

/// <summary>The WebSockets of a context. Used on the isolate's thread.</summary>
internal sealed class SocketPort(V8Context context) : IHostPort<SocketPort>, IAwaitedPort
{
    /// <summary>RFC 6455: no close frame came.</summary>
    public const int Abnormal = 1006;

    /// <summary>RFC 6455: a close frame without a status.</summary>
    public const int NoStatus = 1005;

    private readonly Dictionary<int, SocketCall> _sockets = [];

    public static IReadOnlyList<HostOp> Ops { get; } = [HostOp.Socket];

    public bool IsBusy => _sockets.Count > 0;

    public bool IsAwaited => _sockets.Count > 0;

    /// <summary>None: a socket is not a call.</summary>
    public int Pending => 0;

    public static SocketPort Of(V8Context context) => new(context);

    public void Answer(in HostRequest request, in HostReply reply)
    {
        var id = request.GetInt32(2);
        switch ((SocketStep)request.GetInt32(1))
        {
            case SocketStep.Open when request.Operation is { } operation:
                Open(operation, id, request.GetString(3), request.GetString(4));
                break;
            case SocketStep.SendText:
                reply.Set(Send(id, WebSocketMessageType.Text, Encoding.UTF8.GetBytes(request.GetString(3))));
                break;
            case SocketStep.SendBytes:
                reply.Set(Send(id, WebSocketMessageType.Binary, context.Transfer.Take()));
                break;
            case SocketStep.Read:
                reply.Set(_sockets[id].Read(context.Transfer));
                break;
            case SocketStep.Close:
                _sockets.GetValueOrDefault(id)?.Close(request.GetInt32(3), request.GetString(4));
                break;
        }
    }

    public void Tell(SocketCall socket, SocketEvent what, object?[] arguments)
    {
        if (!_sockets.ContainsKey(socket.Id) || !context.IsOpen)
        {
            return;
        }

        if (what == SocketEvent.Closed)
        {
            _sockets.Remove(socket.Id);
        }

        context.EnterLater(socket.Operation, EntryOp.Socket, [socket.Id, (int)what, .. arguments]);
    }

    /// <summary>Never: nothing is asked of a socket that it has to answer.</summary>
    public bool IsAwaitedFor(Operation operation) => false;

    /// <summary>The operation has ended: whoever listens to its sockets is told that they have.</summary>
    public void Reject(Operation operation, Operation behalf)
    {
        foreach (var socket in _sockets.Values.Where(s => ReferenceEquals(s.Operation, operation)).ToArray())
        {
            socket.Abort();
            _sockets.Remove(socket.Id);
            context.Enter(behalf, EntryOp.Socket, socket.Id, (int)SocketEvent.Failed, Endings.RequestEnded);
            context.Enter(behalf, EntryOp.Socket, socket.Id, (int)SocketEvent.Closed, Abnormal, "", false);
        }
    }

    public void Release(Operation operation)
    {
        foreach (var socket in _sockets.Values.Where(s => ReferenceEquals(s.Operation, operation)).ToArray())
        {
            _sockets.Remove(socket.Id);
            socket.Abort();
        }
    }

    public void Dispose()
    {
        foreach (var socket in _sockets.Values)
        {
            socket.Abort();
        }

        _sockets.Clear();
    }

    private void Open(Operation operation, int id, string url, string protocols)
    {
        var request = new WebSocketRequest(FetchUrl.TryParse(url, out var address) ? address : throw new UriFormatException($"'{url}' is not a URL."), protocols.Length == 0 ? [] : protocols.Split(','), operation.Loop, operation.Token);
        var socket = new SocketCall(this, context, operation, id, request);
        _sockets.Add(id, socket);
        if (operation.IsOver)
        {
            socket.Refuse(new JsTerminatedException(Endings.RequestEnded));
        }
        else if (Subrequest.Refuse(context, operation) is { } refusal)
        {
            socket.Refuse(refusal);
        }
        else
        {
            socket.Start();
        }
    }

    private int Send(int id, WebSocketMessageType type, byte[] bytes) =>
        _sockets.TryGetValue(id, out var socket) && !socket.Send(type, bytes) ? CrossingCode.Refused : CrossingCode.GoOn;
}
