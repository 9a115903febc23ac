using JsRun.Limits;

namespace JsRun.Hosting.Tests.Limits;

/// <summary>Counts what the watchdog does to it.</summary>
internal sealed class FakeInterruptible : IInterruptible
{
    private int _interrupts;

    public TaskCompletionSource Interrupted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Quarantined { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Told of a long turn; a second time in one turn throws.</summary>
    public TaskCompletionSource EvictedOnce { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Action? OnQuarantine { get; set; }

    public int Interrupts => Volatile.Read(ref _interrupts);

    public TimeSpan HostPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whom it was told of, with the reason.</summary>
    public List<(CpuAccount Account, InterruptReason Reason)> BlockedAccounts { get; } = [];

    public void Blocked(CpuAccount account, InterruptReason reason) => BlockedAccounts.Add((account, reason));

    public bool WarnBlocked(TimeSpan time) => true;

    public void Interrupt()
    {
        Interlocked.Increment(ref _interrupts);
        Interrupted.TrySetResult();
    }

    /// <summary>The entries that are to be looked at.</summary>
    public List<long> Samples { get; } = [];

    public void RequestSample(long entry) => Samples.Add(entry);

    public void Evict() => EvictedOnce.SetResult();

    public void Quarantine()
    {
        OnQuarantine?.Invoke();
        Quarantined.TrySetResult();
    }
}
