namespace JsRun.Limits;

/// <summary>One entry into JavaScript, as its slot sees it. Guarded by the slot's lock.</summary>
internal struct WatchedEntry
{
    public CpuAccount? Account;
    public TimeSpan CpuAtEntry;
    public TimeSpan AskedAt;
    public InterruptReason Reason;
    public int Fired;

    public void Ask(InterruptReason reason)
    {
        if (Reason == InterruptReason.None)
        {
            Reason = reason;
            AskedAt = Watchdog.Now;
        }
    }

    public void CheckCpu(ThreadClock clock)
    {
        if (Account is { CpuLimit: var limit } account && limit != Timeout.InfiniteTimeSpan && account.CpuTime + clock.Read() - CpuAtEntry > limit)
        {
            Ask(InterruptReason.CpuTime);
        }
    }
}
