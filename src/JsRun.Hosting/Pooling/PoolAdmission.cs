using System.Diagnostics;

namespace JsRun.Pooling;

/// <summary>Whether a pool gives leases at all: not while it is stopping, and not while too many of its threads are abandoned.</summary>
/// <param name="label">The group, for messages, such as "the group 'x'".</param>
/// <param name="sync">The pool's lock.</param>
/// <param name="options">How many abandoned threads there may be.</param>
internal sealed class PoolAdmission(string label, Lock sync, JsRunPoolOptions options)
{
    private bool _stopping;

    /// <summary>Threads that were abandoned and have not ended yet.</summary>
    public int Quarantined { get; private set; }

    /// <summary>Whether the group is refused. Each abandoned thread keeps a processor and its memory: at so many, the group has no more threads until one has ended.</summary>
    public bool IsRefused => Quarantined >= options.MaxQuarantined;

    /// <summary>Whether isolates may be made.</summary>
    public bool IsOpen => !_stopping && !IsRefused;

    public void Stop_NeedsLock()
    {
        Debug.Assert(sync.IsHeldByCurrentThread, "The pool's lock guards the admission.");
        _stopping = true;
    }

    /// <summary>A thread was abandoned.</summary>
    public void Quarantine_NeedsLock()
    {
        Debug.Assert(sync.IsHeldByCurrentThread, "The pool's lock guards the admission.");
        Quarantined++;
    }

    /// <summary>A thread that was abandoned has ended after all.</summary>
    public void Recover_NeedsLock()
    {
        Debug.Assert(sync.IsHeldByCurrentThread, "The pool's lock guards the admission.");
        Quarantined--;
    }

    /// <exception cref="JsPoolExhaustedException">The group is refused.</exception>
    /// <exception cref="JsTerminatedException">The pool is stopping.</exception>
    public void ThrowIfClosed_NeedsLock()
    {
        Debug.Assert(sync.IsHeldByCurrentThread, "The pool's lock guards the admission.");
        if (_stopping)
        {
            throw new JsTerminatedException("The host is stopping: no more requests are accepted.");
        }

        if (IsRefused)
        {
            throw Refusal();
        }
    }

    /// <summary>What requests are told of a group that is refused.</summary>
    public JsPoolExhaustedException Refusal() =>
        new($"{label[..1].ToUpperInvariant()}{label[1..]} takes no requests: {Quarantined} of its threads could not be stopped and still run, "
            + $"and JsRun:Pool:MaxQuarantined is {options.MaxQuarantined}.")
        { Limit = nameof(JsRunPoolOptions.MaxQuarantined) };
}
