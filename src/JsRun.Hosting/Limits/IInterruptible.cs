namespace JsRun.Limits;

/// <summary>What the watchdog can do to an isolate. All members but <see cref="Evict"/> and <see cref="WarnBlocked"/> are called under the lock of its slot, while JavaScript runs.</summary>
internal interface IInterruptible
{
    /// <summary>Asks V8 to stop what runs. One shot: the watchdog repeats it until the entry is back.</summary>
    void Interrupt();

    /// <summary>Requests a sample: where the script next checks for interrupts, the isolate's thread finds out whose code it runs and calls <see cref="WatchSlot.Sample"/> with the entry's number.</summary>
    void RequestSample(long entry);

    /// <summary>The time for which the host's code may keep the thread beyond a limit before it is abandoned.</summary>
    TimeSpan HostPatience { get; }

    /// <summary>An account has reached a limit while its code is in the host's, which cannot be interrupted. Called once for each call of the host.</summary>
    void Blocked(CpuAccount account, InterruptReason reason);

    /// <summary>Code of the host's has kept the thread for <paramref name="time"/>. Called at every tick, under no lock, until it returns <see langword="true"/>.</summary>
    bool WarnBlocked(TimeSpan time);

    /// <summary>A turn has become a long one: what waits behind it goes elsewhere. Called once a turn, under no lock.</summary>
    void Evict();

    /// <summary>The thread does not stop: it is abandoned. Called once.</summary>
    void Quarantine();
}
