using JsRun.Engine.Contexts;
using JsRun.Engine.Isolates;

namespace JsRun.Runtimes;

/// <summary>Tells who waits for it when a context's event loop has nothing left to do. On the isolate's thread, but for <see cref="Fail"/>.</summary>
internal sealed class IdleWatch(V8Context context)
{
    private readonly List<TaskCompletionSource> _waiters = [];
    private Exception? _ending;
    private bool _watches;

    public void Add(TaskCompletionSource waiter)
    {
        if (!_watches)
        {
            _watches = true;
            // Beside the pool, which watches the turns of its isolates too.
            context.Isolate.TurnEnded += Check;
        }

        lock (_waiters)
        {
            if (_ending is null)
            {
                _waiters.Add(waiter);
                return;
            }
        }

        // The runtime ended after it was looked at, and before this.
        waiter.TrySetException(_ending);
    }

    public void Stop() => context.Isolate.TurnEnded -= Check;

    /// <summary>From any thread: it will not come to that, for who waits and for who is still to come.</summary>
    public void Fail(Exception ending)
    {
        lock (_waiters)
        {
            _ending = ending;
        }

        foreach (var waiter in Take())
        {
            waiter.TrySetException(ending);
        }
    }

    private void Check(V8Isolate isolate)
    {
        if (_waiters.Count == 0 || !context.IsIdle || isolate.Backlog > 0)
        {
            return;
        }

        foreach (var waiter in Take())
        {
            waiter.TrySetResult();
        }
    }

    private TaskCompletionSource[] Take()
    {
        lock (_waiters)
        {
            var waiters = _waiters.ToArray();
            _waiters.Clear();
            return waiters;
        }
    }
}
