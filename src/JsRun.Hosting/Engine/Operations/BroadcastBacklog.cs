namespace JsRun.Engine.Operations;

/// <summary>Counts the characters of the messages that wait for broadcast channels. Thread-safe.</summary>
internal sealed class BroadcastBacklog
{
    private long _length;

    /// <summary>Adds a message, if there is room for it.</summary>
    /// <param name="length">The length of the message, in characters.</param>
    /// <param name="most">The most that may wait.</param>
    public bool TryAdd(int length, int most)
    {
        if (Interlocked.Add(ref _length, length) <= most)
        {
            return true;
        }

        Remove(length);
        return false;
    }

    /// <summary>A message has been read, or will not be.</summary>
    public void Remove(int length) => Interlocked.Add(ref _length, -length);
}
