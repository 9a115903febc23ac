using JsRun.Scheduling;
using JsRun.Streams;

namespace JsRun.Engine.Isolates;

/// <summary>What an isolate's thread does: drain the mailbox, run due timers, flush what was written, do chores, park. On that thread, except where it says otherwise.</summary>
internal sealed class EventLoop(V8Isolate isolate)
{
    private readonly Mailbox _mailbox = new();
    private readonly List<ByteSink> _written = [];
    private volatile bool _stopping;
    private TimerQueue? _timers;

    public TimerQueue Timers => _timers ??= new TimerQueue(isolate.Services.Time, _mailbox);

    /// <summary>Messages that wait. From any thread.</summary>
    public int Backlog => _mailbox.Count;

    private bool IsEnding => _stopping || isolate.IsLost;

    /// <summary>From any thread.</summary>
    public void Post(IWorkItem item) => _mailbox.Post(item);

    public void FlushAtEndOfTurn(ByteSink sink) => _written.Add(sink);

    /// <summary>Returns when it was told to, or when the isolate is lost.</summary>
    public void Run()
    {
        while (!IsEnding)
        {
            Turn();
            isolate.TurnEnded?.Invoke(isolate);
            if (IsEnding || !_mailbox.IsEmpty || Timers.HasDue)
            {
                continue;
            }

            if (isolate.Chore is { } chore && chore())
            {
                continue;
            }

            Timers.Arm();
            _mailbox.Wait();
            Timers.Disarm();
        }
    }

    /// <summary>Has it return after what it does now. From any thread.</summary>
    public void Stop()
    {
        _stopping = true;
        _mailbox.Wake();
    }

    /// <summary>What waits, and what comes, goes to another isolate. From any thread.</summary>
    public void Close() => _mailbox.Close();

    /// <summary>What waits and can move goes elsewhere. From any thread.</summary>
    public void Evict() => _mailbox.Evict();

    private void Turn()
    {
        RunMessages();
        if (Timers.HasDue)
        {
            foreach (var timer in Timers.TakeDue().TakeWhile(_ => !IsEnding))
            {
                Do(static timer => timer.Fire(), (V8Timer)timer);
                // However many timers are due and however long each takes: what came meanwhile waits for one of them only.
                RunMessages();
            }
        }

        foreach (var sink in _written)
        {
            Do(static sink => sink.Flush(), sink);
        }

        _written.Clear();
    }

    private void RunMessages()
    {
        while (!IsEnding && _mailbox.TryTake(out var item))
        {
            if (!Do(static item => item.Run(), item))
            {
                Do(static item => item.Drop(), item);
            }
        }
    }

    // What fails is that piece of work, and neither the isolate nor what else waits for it.
    private bool Do<T>(Action<T> action, T state)
    {
        try
        {
            action(state);
            return true;
        }
        catch (Exception e)
        {
            isolate.Services.Logger.WorkItemFailed(isolate.Name, e);
            return false;
        }
    }
}
