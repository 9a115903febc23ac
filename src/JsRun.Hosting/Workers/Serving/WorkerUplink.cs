using System.Net.Sockets;
using System.Text;

namespace JsRun.Workers.Serving;

/// <summary>In a worker: its connection to the host. The process ends with it.</summary>
internal sealed class WorkerUplink
{
    private readonly TaskCompletionSource<IWorkerBroker> _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the host does for this process.</summary>
    /// <exception cref="InvalidOperationException">There is no connection yet.</exception>
    public IWorkerBroker Broker => _connected.Task.IsCompletedSuccessfully ? _connected.Task.Result : throw new InvalidOperationException("The worker is not connected yet.");

    /// <summary>The same, as soon as there is a connection.</summary>
    public Task<IWorkerBroker> Connected => _connected.Task;

    /// <summary>Connects to the host. Nothing that it says is read yet.</summary>
    public static async Task<Socket> ConnectAsync(WorkerSettings settings, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(settings.BrokerSocket), cancellationToken).ConfigureAwait(false);
        var key = Encoding.UTF8.GetBytes(settings.Key).AsMemory();
        while (!key.IsEmpty)
        {
            key = key[await socket.SendAsync(key, cancellationToken).ConfigureAwait(false)..];
        }

        return socket;
    }

    /// <summary>Begins to do what the host says.</summary>
    public WorkerConnection Open(Socket socket, IWorkerControl control)
    {
        var connection = WorkerConnection.Open<IWorkerBroker, IWorkerControl>(socket, control, out var broker);
        _connected.TrySetResult(broker);
        return connection;
    }
}
