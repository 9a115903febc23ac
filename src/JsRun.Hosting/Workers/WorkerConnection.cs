using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Nerdbank.Streams;
using StreamJsonRpc;

namespace JsRun.Workers;

/// <summary>The connection between the host and a worker: calls in both directions, and pipes for bodies beside them. Thread-safe.</summary>
internal sealed class WorkerConnection : IAsyncDisposable
{
    private readonly MultiplexingStream _streams;
    private readonly JsonRpc _calls;

    private WorkerConnection(MultiplexingStream streams, JsonRpc calls)
    {
        _streams = streams;
        _calls = calls;
    }

    /// <summary>Ends when the connection has closed.</summary>
    public Task Closed => _calls.Completion;

    /// <summary>Gives whoever calls the other side through <paramref name="proxy"/> a connection on which <paramref name="target"/> answers.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "What crosses is written by WorkersJson, and both interfaces are named here and kept whole; proxies are generated at run time, as ClearScript does.")]
    public static WorkerConnection Open<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TProxy, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TTarget>(Socket socket, TTarget target, out TProxy proxy)
        where TProxy : class
        where TTarget : class
    {
        var options = new MultiplexingStream.Options { ProtocolMajorVersion = 3 };
        options.SeededChannels.Add(new MultiplexingStream.ChannelOptions());
        var streams = MultiplexingStream.Create(new NetworkStream(socket, ownsSocket: true), options);
        var formatter = new SystemTextJsonFormatter { MultiplexingStream = streams };
        formatter.JsonSerializerOptions.TypeInfoResolverChain.Insert(0, WorkersJson.Default);
        var calls = new JsonRpc(new BoundedMessageHandler(streams.AcceptChannel(0), formatter)) { CancelLocallyInvokedMethodsWhenConnectionIsClosed = true };
        calls.AddLocalRpcTarget(target, null);
        proxy = calls.Attach<TProxy>();
        calls.StartListening();
        return new WorkerConnection(streams, calls);
    }

    public async ValueTask DisposeAsync()
    {
        _calls.Dispose();
        await _streams.DisposeAsync().ConfigureAwait(false);
    }
}
