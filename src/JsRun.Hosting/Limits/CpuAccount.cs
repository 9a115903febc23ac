namespace JsRun.Limits;

/// <summary>The CPU time that one piece of work has used, and may use. Guarded by the lock of the slot that runs it.</summary>
internal abstract class CpuAccount
{
    public TimeSpan CpuTime { get; set; }

    /// <summary>The limit, or <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    public TimeSpan CpuLimit { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>Why its code is to be ended where it is next seen running.</summary>
    public InterruptReason Asked { get; set; }

    /// <summary>Whether it has used more than it may.</summary>
    public bool IsExhausted => CpuLimit != Timeout.InfiniteTimeSpan && CpuTime > CpuLimit;
}
