namespace JsRun.WebApi.Broadcast;

/// <summary>The broadcast channels of one pool group. Thread-safe.</summary>
/// <param name="maxLength">How long the names of all open channels may be together, in characters; each counts <see cref="ChannelLength"/> more.</param>
/// <param name="relay">Takes messages to other processes, if the group has several.</param>
internal sealed class BroadcastHub(int maxLength, IBroadcastRelay? relay = null)
{
    /// <summary>What an open channel counts beside its name.</summary>
    public const int ChannelLength = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<IBroadcastListener>> _channels = new(StringComparer.Ordinal);
    private long _length;

    /// <returns>Whether there was room for it.</returns>
    public bool Open(string name, IBroadcastListener listener)
    {
        lock (_lock)
        {
            if (_length + name.Length + ChannelLength > maxLength)
            {
                return false;
            }

            _length += name.Length + ChannelLength;
            if (!_channels.TryGetValue(name, out var listeners))
            {
                _channels.Add(name, listeners = []);
            }

            listeners.Add(listener);
            return true;
        }
    }

    public void Close(string name, IBroadcastListener listener)
    {
        lock (_lock)
        {
            if (!_channels.TryGetValue(name, out var listeners) || !listeners.Remove(listener))
            {
                return;
            }

            _length -= name.Length + ChannelLength;
            if (listeners.Count == 0)
            {
                _channels.Remove(name);
            }
        }
    }

    /// <summary>To everybody else, in the order in which they opened the channel.</summary>
    public void Post(string name, IBroadcastListener sender, string message)
    {
        Deliver(name, sender, message);
        relay?.Send(name, message);
    }

    /// <summary>A message from another process: to everybody.</summary>
    public void Receive(string name, string message) => Deliver(name, null, message);

    private void Deliver(string name, IBroadcastListener? sender, string message)
    {
        IBroadcastListener[] others;
        lock (_lock)
        {
            others = _channels.TryGetValue(name, out var listeners) ? [.. listeners.Where(l => !ReferenceEquals(l, sender))] : [];
        }

        foreach (var listener in others)
        {
            listener.Receive(message);
        }
    }
}
