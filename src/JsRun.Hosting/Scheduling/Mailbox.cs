using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

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

        _items.Enqueue(item.CanMove ? new MovableItem(item) : item);
        _signal.Set();
        if (_closed)
        {
            DropAll();
        }
    }

    public bool TryTake([NotNullWhen(true)] out IWorkItem? item)
    {
        while (_items.TryDequeue(out item))
        {
            if (item is not MovableItem movable)
            {
                return true;
            }

            if (movable.TryTake(out item))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Wakes the reader without a message: a timer is due, or its state changed.</summary>
    public void Wake() => _signal.Set();

    /// <summary>Returns when there may be something to do.</summary>
    public void Wait()
    {
        try
        {
            _signal.Wait();
        }
        catch (ThreadInterruptedException)
        {
            // A host function called Thread.CurrentThread.Interrupt, which is noticed at the next wait. Nothing waits for this thread to be interrupted.
        }

        _signal.Reset();
    }

    /// <summary>Drops what another isolate can do. Called while the reader is in a long turn; the rest keeps its order.</summary>
    public void Evict()
    {
        foreach (var waiting in _items)
        {
            if (waiting is MovableItem movable && movable.TryTake(out var item))
            {
                item.Drop();
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
        while (TryTake(out var item))
        {
            item.Drop();
        }
    }
}
