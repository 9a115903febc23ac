using JsRun.Engine.Crossing;
using JsRun.Engine.Isolates;
using JsRun.Engine.Operations;

namespace JsRun.Engine.Contexts;

/// <summary>What <c>setTimeout</c> and <c>setInterval</c> have set in a context. On the isolate's thread, except for the counts, which are then a moment old.</summary>
internal sealed class ContextTimers(V8Context context)
{
    private readonly Dictionary<int, V8Timer> _timers = [];
    private int _intervals;

    /// <summary>Timeouts and intervals.</summary>
    public int Count => _timers.Count;

    public int TimeoutCount => _timers.Count - _intervals;

    public int IntervalCount => _intervals;

    /// <summary>Starts a timer.</summary>
    /// <param name="id">Its number in JavaScript.</param>
    /// <param name="delay">The time until it fires.</param>
    /// <param name="repeats">Whether it is an interval.</param>
    /// <param name="isTask">Whether the web layer has started it for a task of its own, of which there is one at a time: the limit of timers is not for it.</param>
    /// <returns>Whether there was room for one more.</returns>
    public bool Start(int id, TimeSpan delay, bool repeats, bool isTask = false)
    {
        // The requests of a hardened context have the limit each, as if each had a context.
        if (!isTask && (context.Options.IsHardened && context.Current is { } request ? request.Timeouts + request.Intervals : _timers.Count) >= context.Options.Limits.MaxTimers)
        {
            return false;
        }

        Stop(id);
        // V8's own tasks start some outside of any entry.
        var operation = context.Current ?? new LeftoverOperation(context.Isolate.Name) { CpuLimit = context.Options.Limits.CpuTime, TurnLimit = context.TurnLimit };
        var timer = new V8Timer(context, operation, id, repeats);
        _timers.Add(id, timer);
        Tally(timer, 1);
        context.Isolate.Timers.Add(timer, delay);
        return true;
    }

    public void Stop(int id)
    {
        if (Take(id) is { } timer)
        {
            timer.Stopped = true;
        }
    }

    public void Fire(V8Timer timer, int id)
    {
        Take(id);
        context.EnterLater(timer.Operation, EntryOp.Timer, id);
        if (timer.Operation is RequestOperation { IsOver: true, Timeouts: 0 } operation)
        {
            operation.TimeoutsEnded();
        }
    }

    /// <summary>Stops the intervals of an operation that has ended in a context that lives on. Its timeouts still come, unless they could take the place of others'.</summary>
    /// <returns>Whether any is left.</returns>
    public bool Outlive(Operation operation)
    {
        if (operation.Intervals > 0)
        {
            Stop(operation, livesOn: true, static t => t.Repeats);
        }

        return operation.Timeouts > 0 && TimeoutCount <= context.Options.Limits.MaxTimers / 2;
    }

    /// <summary>Stops the operation's.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="livesOn">Whether JavaScript is told, as it serves others.</param>
    public void Release(Operation operation, bool livesOn)
    {
        if (operation.Timeouts + operation.Intervals > 0)
        {
            Stop(operation, livesOn, static _ => true);
        }
    }

    /// <summary>None fires any more.</summary>
    public void Close()
    {
        foreach (var timer in _timers.Values)
        {
            timer.Stopped = true;
        }
    }

    private void Stop(Operation operation, bool livesOn, Predicate<V8Timer> which)
    {
        foreach (var (id, timer) in _timers.Where(t => ReferenceEquals(t.Value.Operation, operation) && which(t.Value)).ToArray())
        {
            timer.Stopped = true;
            Take(id);
            if (livesOn)
            {
                context.Enter(operation, EntryOp.TimerStopped, id);
            }
        }
    }

    private V8Timer? Take(int id)
    {
        if (_timers.Remove(id, out var timer))
        {
            Tally(timer, -1);
        }

        return timer;
    }

    private void Tally(V8Timer timer, int by)
    {
        if (timer.Repeats)
        {
            _intervals += by;
        }

        if (timer is { Repeats: true, Operation: { } repeating })
        {
            repeating.Intervals += by;
        }
        else if (timer.Operation is { } operation)
        {
            operation.Timeouts += by;
        }
    }
}
