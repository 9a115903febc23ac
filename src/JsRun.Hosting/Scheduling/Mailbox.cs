using System.Collections.Concurrent;

namespace JsRun.Scheduling;

/// <summary>Messages from any thread to one reader, which spins shortly and then parks without using any CPU.</summary>
internal sealed class Mailbox : IDisposable
{
    // A request that follows within microseconds finds its thread awake.
    private const int SpinCount = 50;

    private readonly ConcurrentQueue<IWorkItem> _items = new();
    private readonly ManualResetEventSlim _signal = new(false, SpinCount);
    private volatile bool _closed;

    public int Count => _items.Count;

    public bool IsEmpty => _items.IsEmpty;

    public void Post(IWorkItem item)
    {
        if (_closed)
        {
            item.Drop();
            return;
        }

        _items.Enqueue(item);
        _signal.Set();
        if (_closed)
        {
            DropAll();
        }
    }

    public bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IWorkItem? item) => _items.TryDequeue(out item);

    /// <summary>Wakes the reader without a message: a timer is due, or its state changed.</summary>
    public void Wake() => _signal.Set();

    /// <summary>Returns when there may be something to do.</summary>
    public void Wait()
    {
        _signal.Wait();
        _signal.Reset();
    }

    /// <summary>Drops what another isolate can do. Called while the reader is in a long turn; the rest stays, after what comes meanwhile.</summary>
    public void Shed()
    {
        for (var count = _items.Count; count > 0 && _items.TryDequeue(out var item); count--)
        {
            if (item.CanMove)
            {
                item.Drop();
            }
            else
            {
                Post(item);
            }
        }
    }

    /// <summary>Takes no more messages; what is there, and what comes, is dropped.</summary>
    public void Close()
    {
        _closed = true;
        DropAll();
        _signal.Set();
    }

    public void Dispose() => _signal.Dispose();

    private void DropAll()
    {
        while (_items.TryDequeue(out var item))
        {
            item.Drop();
        }
    }
}
