namespace JsRun.Limits;

/// <summary>One entry into JavaScript, as its slot sees it. Guarded by the slot's lock.</summary>
internal struct WatchedEntry
{
    // CPU time beyond this between two samples of different accounts was spent in a builtin of V8's that cannot be sampled. It is not known whose time it was.
    private static readonly TimeSpan LongestGuess = TimeSpan.FromMilliseconds(20);

    // How long, and for how many ticks, an overdue entry may leave samples unanswered (V8 may be collecting garbage). After that a builtin runs that can only be interrupted.
    private static readonly TimeSpan LongestDue = TimeSpan.FromSeconds(1);
    private const int MostUnanswered = 100;

    /// <summary>On whose behalf it is.</summary>
    public CpuAccount? Account;

    /// <summary>Whose code ran at the last sample; <see cref="Account"/> before the first.</summary>
    public CpuAccount? Running;

    /// <summary>Gets whether code of several accounts may run in it, and samples find out whose.</summary>
    public bool IsSampled;
    public long Number;
    public TimeSpan BeganAt;
    public TimeSpan CpuAtSample;
    public TimeSpan AskedAt;
    public InterruptReason Reason;
    public int Fired;

    /// <summary>The number of nested calls of the host's code in it.</summary>
    public int HostDepth;

    /// <summary>Since when it is in the host's code, and when it last came back.</summary>
    public TimeSpan HostSince;
    public TimeSpan BackAt;

    /// <summary>Since when it has been interrupted without the host's code in between, and the thread's clock then.</summary>
    public TimeSpan PatientSince;
    public TimeSpan CpuWhenPatient;

    /// <summary>On whose behalf the host was called.</summary>
    public CpuAccount? HostAccount;

    /// <summary>Gets whether somebody was warned of that call.</summary>
    public bool Warned;
    private TimeSpan _toldAt;
    private TimeSpan _dueAt;
    private int _unanswered;

    public void Ask(InterruptReason reason)
    {
        if (Reason == InterruptReason.None && reason != InterruptReason.None)
        {
            Reason = reason;
            AskedAt = Watchdog.Now;
        }
    }

    /// <summary>Charges the CPU time since the last sample to the account that runs now.</summary>
    public void Charge(CpuAccount? running, TimeSpan cpu)
    {
        var used = cpu - CpuAtSample;
        CpuAtSample = cpu;
        if (running is not null)
        {
            running.CpuTime += ReferenceEquals(running, Running) || used < LongestGuess ? used : LongestGuess;
        }

        Running = running;
    }

    /// <summary>Takes a sample, on the isolate's thread.</summary>
    /// <param name="running">Whose code it found.</param>
    /// <param name="isKnown">Whether that is somebody; else the entry's own account answers for it.</param>
    /// <param name="cpu">The thread's clock.</param>
    /// <returns>Whether what runs is to be ended.</returns>
    public bool Sample(CpuAccount running, bool isKnown, TimeSpan cpu)
    {
        if (Reason != InterruptReason.None)
        {
            // It is already being interrupted without a sample.
            return false;
        }

        _unanswered = 0;
        Charge(running, cpu);
        var reason = running.IsExhausted ? InterruptReason.CpuTime : running.Asked;
        if (reason == InterruptReason.None && !isKnown && Account is { Asked: not InterruptReason.None } account)
        {
            Running = account;
            reason = account.Asked;
        }

        Ask(reason);
        Fired += reason == InterruptReason.None ? 0 : 1;
        return reason != InterruptReason.None;
    }

    /// <summary>JavaScript called the host.</summary>
    public void LeaveToHost(CpuAccount? account)
    {
        if (HostDepth++ == 0)
        {
            HostSince = Watchdog.Now;
            HostAccount = account;
            Warned = false;
            _toldAt = TimeSpan.Zero;
        }
    }

    /// <summary>The host returned.</summary>
    public void ReturnFromHost()
    {
        if (--HostDepth == 0)
        {
            BackAt = Watchdog.Now;
        }
    }

    /// <summary>One tick while the thread is in the host's code.</summary>
    /// <returns>Whether it has kept the thread for too long beyond a limit.</returns>
    public bool AwaitHost(ThreadClock clock, IInterruptible target)
    {
        var account = IsSampled ? HostAccount ?? Running : Running;
        if (!IsSampled)
        {
            Check(clock);
        }

        var reason = Reason != InterruptReason.None ? Reason : Due(account, clock);
        if (reason == InterruptReason.None)
        {
            return false;
        }

        if (_toldAt == TimeSpan.Zero)
        {
            _toldAt = Watchdog.Now;
            if (account is not null)
            {
                target.Blocked(account, reason);
            }
        }

        return Watchdog.Now - _toldAt > target.HostPatience;
    }

    /// <summary>One tick of an entry whose thread is not sampled.</summary>
    public void Check(ThreadClock clock) => Ask(Due(Running, clock));

    /// <summary>One more tick without a sample.</summary>
    public void AwaitSample(ThreadClock clock)
    {
        _unanswered++;
        var due = Due(Running, clock);
        if (due == InterruptReason.None)
        {
            _dueAt = TimeSpan.Zero;
        }
        else if (_dueAt == TimeSpan.Zero)
        {
            _dueAt = Watchdog.Now;
        }
        else if (_unanswered > MostUnanswered && Watchdog.Now - _dueAt > LongestDue)
        {
            Ask(due);
        }
    }

    private readonly InterruptReason Due(CpuAccount? account, ThreadClock clock) => account switch
    {
        { Asked: var asked and not InterruptReason.None } => asked,
        { CpuLimit: var limit } running when limit != Timeout.InfiniteTimeSpan && running.CpuTime + clock.Read() - CpuAtSample > limit => InterruptReason.CpuTime,
        { TurnLimit: var limit } left when limit != Timeout.InfiniteTimeSpan && Watchdog.Now - (left.TurnLimitSince > BeganAt ? left.TurnLimitSince : BeganAt) > limit => InterruptReason.Leftover,
        _ => InterruptReason.None,
    };
}
