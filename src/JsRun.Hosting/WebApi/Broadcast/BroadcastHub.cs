namespace JsRun.WebApi.Broadcast;

/// <summary>The broadcast channels of one pool group. Thread-safe.</summary>
internal sealed class BroadcastHub
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<IBroadcastListener>> _channels = new(StringComparer.Ordinal);

    public void Open(string name, IBroadcastListener listener)
    {
        lock (_lock)
        {
            if (!_channels.TryGetValue(name, out var listeners))
            {
                _channels.Add(name, listeners = []);
            }

            listeners.Add(listener);
        }
    }

    public void Close(string name, IBroadcastListener listener)
    {
        lock (_lock)
        {
            if (_channels.TryGetValue(name, out var listeners) && listeners.Remove(listener) && listeners.Count == 0)
            {
                _channels.Remove(name);
            }
        }
    }

    /// <summary>To everybody else, in the order in which they opened the channel.</summary>
    public void Post(string name, IBroadcastListener sender, string message)
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
