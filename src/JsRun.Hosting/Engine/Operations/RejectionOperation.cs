namespace JsRun.Engine.Operations;

/// <summary>
/// Tells of rejected promises where nothing else limits what their reasons do when they are read (getters, traps) and what listens. A runtime that its owner has given no CPU limit
/// must not hang because of a promise that nobody waits for.
/// </summary>
internal sealed class RejectionOperation : Operation
{
    private static readonly TimeSpan MostCpuTime = TimeSpan.FromSeconds(1);

    private readonly Operation? _behalf;
    private readonly Action<Exception> _failed;

    private RejectionOperation(Operation? behalf, Action<Exception> failed)
    {
        _behalf = behalf;
        _failed = failed;
        CpuLimit = MostCpuTime;
    }

    public override string Name => _behalf?.Name ?? "";

    public override string RequestId => _behalf?.RequestId ?? "";

    /// <summary>The operation itself where it has a limit of its own.</summary>
    public static Operation For(Operation? behalf, Action<Exception> failed) =>
        behalf is not null && behalf.CpuLimit != Timeout.InfiniteTimeSpan ? behalf : new RejectionOperation(behalf, failed);

    public override void Fail(Exception exception) => _failed(exception);
}
