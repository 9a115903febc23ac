using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;
using JsRun.Engine.Isolates;
using JsRun.Engine.Operations;
using JsRun.WebApi.Broadcast;

namespace JsRun.Engine.Web;

/// <summary>The broadcast channels of a context. Used on the isolate's thread, except <see cref="Reserve"/> and <see cref="Free"/>.</summary>
internal sealed class BroadcastPort(V8Context context) : IHostPort<BroadcastPort>, IAwaitedPort
{
    private readonly BroadcastHub _hub = context.Options.Shared.Broadcasts;
    private readonly Dictionary<int, BroadcastCall> _channels = [];
    private readonly BroadcastBacklog _backlog = new();
    private int _dropped;

    public static IReadOnlyList<HostOp> Ops { get; } = [HostOp.Broadcast];

    /// <summary>Never: a channel keeps nothing alive.</summary>
    public bool IsBusy => false;

    /// <summary>Whether a message may come.</summary>
    public bool IsAwaited => _channels.Count > 0;

    /// <summary>None: a channel is not a call.</summary>
    public int Pending => 0;

    public static BroadcastPort Of(V8Context context) => new(context);

    public void Answer(in HostRequest request, in HostReply reply)
    {
        var id = request.GetInt32(2);
        switch ((BroadcastStep)request.GetInt32(1))
        {
            case BroadcastStep.Open when request.Operation is { } operation:
                reply.Set(Open(operation, id, request.GetString(3)));
                break;
            case BroadcastStep.Post:
                reply.Set(Post(id, request.GetString(3)));
                break;
            case BroadcastStep.Close:
                Close(id);
                break;
        }
    }

    /// <summary>A message is on its way. Who does not keep up gets no more until it has read some.</summary>
    public bool Reserve(BroadcastCall channel, int length)
    {
        if (BacklogOf(channel).TryAdd(length, context.Options.Limits.MaxBroadcastLength))
        {
            return true;
        }

        if (Interlocked.Exchange(ref _dropped, 1) == 0)
        {
            context.Isolate.Services.Logger.BroadcastDropped(context.Isolate.Name, context.Options.Limits.MaxBroadcastLength);
        }

        return false;
    }

    public void Free(BroadcastCall channel, int length) => BacklogOf(channel).Remove(length);

    public void Deliver(BroadcastCall channel, string message)
    {
        Free(channel, message.Length);
        if (_channels.ContainsKey(channel.Id) && context.IsOpen)
        {
            context.EnterLater(channel.Operation, EntryOp.Broadcast, channel.Id, message);
        }
    }

    /// <summary>Never: nobody waits for one particular message.</summary>
    public bool IsAwaitedFor(Operation operation) => false;

    /// <summary>Nothing: what an operation left running may use its channels until that has ended.</summary>
    public void Reject(Operation operation, Operation behalf)
    {
    }

    public void Release(Operation operation)
    {
        foreach (var channel in _channels.Values.Where(c => ReferenceEquals(c.Operation, operation)).ToArray())
        {
            Close(channel.Id);
        }
    }

    public void Dispose()
    {
        foreach (var id in _channels.Keys.ToArray())
        {
            Close(id);
        }
    }

    // The requests of a hardened context have the limit each, as if each had a context.
    private BroadcastBacklog BacklogOf(BroadcastCall channel) => context.Options.IsHardened ? channel.Operation.Broadcasts : _backlog;

    private int Open(Operation operation, int id, string name)
    {
        var channel = new BroadcastCall(this, context, operation, id, name);
        if (!_hub.Open(name, channel))
        {
            return CrossingCode.Refused;
        }

        _channels.Add(id, channel);
        return CrossingCode.GoOn;
    }

    private int Post(int id, string message)
    {
        if (message.Length > context.Options.Limits.MaxBroadcastLength)
        {
            return CrossingCode.Refused;
        }

        if (_channels.TryGetValue(id, out var channel))
        {
            _hub.Post(channel.Name, channel, message);
        }

        return CrossingCode.GoOn;
    }

    private void Close(int id)
    {
        if (_channels.Remove(id, out var channel))
        {
            _hub.Close(channel.Name, channel);
        }
    }
}
