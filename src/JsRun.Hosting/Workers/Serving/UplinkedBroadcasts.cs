using System.Threading.Channels;
using JsRun.WebApi.Broadcast;
using JsRun.Workers.Brokering;

namespace JsRun.Workers.Serving;

/// <summary>In a worker: sends the messages of broadcast channels to the group's other processes, in order. Thread-safe.</summary>
internal sealed class UplinkedBroadcasts(WorkerUplink uplink) : IBroadcastRelay
{
    private const int MostWaiting = 1024;
    private const int MostInBatch = 64;

    private readonly Channel<BroadcastMessage> _messages = Channel.CreateBounded<BroadcastMessage>(new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    // A channel promises nothing to whoever does not keep up.
    public void Send(string channel, string message) => _messages.Writer.TryWrite(new BroadcastMessage(BrokeredCaches.ToBytes(channel), BrokeredCaches.ToBytes(message)));

    /// <summary>Sends messages for as long as the process lives.</summary>
    public async Task SendAsync()
    {
        var batch = new List<BroadcastMessage>(MostInBatch);
        while (await _messages.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            batch.Clear();
            while (batch.Count < MostInBatch && _messages.Reader.TryRead(out var message))
            {
                batch.Add(message);
            }

            await uplink.Broker.BroadcastAsync([.. batch]).ConfigureAwait(false);
        }
    }
}
