namespace JsRun.Limits;

/// <summary>The CPU time that one piece of work has used, and may use. Guarded by the lock of the slot that runs it.</summary>
internal abstract class CpuAccount
{
    public TimeSpan CpuTime { get; set; }

    /// <summary>The limit, or <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    public TimeSpan CpuLimit { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>The most that one entry for it may take on the wall clock, or <see cref="Timeout.InfiniteTimeSpan"/>. For what nobody waits for: whoever is waited for has a clock of his own.</summary>
    public TimeSpan TurnLimit { get; set; } = Timeout.InfiniteTimeSpan;

    /// <summary>Since when <see cref="TurnLimit"/> holds.</summary>
    public TimeSpan TurnLimitSince { get; set; }

    /// <summary>The reason for which its code is ended when it is next seen running.</summary>
    public InterruptReason Asked { get; set; }

    /// <summary>Gets whether it has used more than it may.</summary>
    public bool IsExhausted => CpuLimit != Timeout.InfiniteTimeSpan && CpuTime > CpuLimit;
}
