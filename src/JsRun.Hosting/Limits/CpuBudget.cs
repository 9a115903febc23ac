namespace JsRun.Limits;

/// <summary>What the host may spend of the processor on one piece of a request's work, counted on the thread that does it.</summary>
/// <param name="most">The most, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
internal sealed class CpuBudget(TimeSpan most)
{
    private TimeSpan _begun;

    /// <summary>What is left of an account's limit.</summary>
    public static CpuBudget Of(CpuAccount? account) =>
        new(account is null || account.CpuLimit == Timeout.InfiniteTimeSpan ? Timeout.InfiniteTimeSpan : account.CpuLimit - account.CpuTime);

    /// <summary>What was spent, once it has ended.</summary>
    public TimeSpan Spent { get; private set; }

    /// <summary>Counts from now on, on this thread.</summary>
    public void Begin() => _begun = ThreadClock.ReadOwn();

    /// <summary>Stops counting.</summary>
    public void End() => Spent = ThreadClock.ReadOwn() - _begun;

    /// <summary>Called between steps of the work.</summary>
    /// <exception cref="OperationCanceledException">It has spent all.</exception>
    public void Demand()
    {
        if (most != Timeout.InfiniteTimeSpan && ThreadClock.ReadOwn() - _begun > most)
        {
            throw new OperationCanceledException("The request has used all of its CPU time.");
        }
    }
}
