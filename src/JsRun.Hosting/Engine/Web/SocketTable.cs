using System.Net.WebSockets;
using System.Text;
using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;
using JsRun.Engine.Isolates;
using JsRun.Engine.Operations;
using JsRun.WebApi.Fetch;
using JsRun.WebApi.WebSockets;
using Microsoft.ClearScript.V8.FastProxy;

namespace JsRun.Engine.Web;

/// <summary>The WebSockets of a context. Used on the isolate's thread.</summary>
internal sealed class SocketTable(V8Context context) : IDisposable
{
    /// <summary>RFC 6455: no close frame came.</summary>
    public const int Abnormal = 1006;

    /// <summary>RFC 6455: a close frame without a status.</summary>
    public const int NoStatus = 1005;

    private readonly Dictionary<int, SocketCall> _sockets = [];

    public int Count => _sockets.Count;

    public void Dispatch(in V8FastArgs args, in V8FastResult result)
    {
        var id = args.GetInt32(2);
        switch ((SocketStep)args.GetInt32(1))
        {
            case SocketStep.Open:
                Open(id, args.GetString(3), args.GetString(4));
                break;
            case SocketStep.SendText:
                result.Set(Send(id, WebSocketMessageType.Text, Encoding.UTF8.GetBytes(args.GetString(3))));
                break;
            case SocketStep.SendBytes:
                result.Set(Send(id, WebSocketMessageType.Binary, context.Transfer.Take()));
                break;
            case SocketStep.Read:
                result.Set(_sockets[id].Read(context.Transfer));
                break;
            case SocketStep.Close:
                _sockets.GetValueOrDefault(id)?.Close(args.GetInt32(3), args.GetString(4));
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

    private void Open(int id, string url, string protocols)
    {
        if (context.Current is not { } operation)
        {
            return;
        }

        var request = new WebSocketRequest(FetchUrl.TryParse(url, out var address) ? address : throw new UriFormatException($"'{url}' is not a URL."), protocols.Length == 0 ? [] : protocols.Split(','), operation.Loop);
        var socket = new SocketCall(context, operation, id, request);
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
