namespace JsRun.Engine.Crossing;

/// <summary>What the host's operations have in common.</summary>
internal static class HostOps
{
    /// <summary>Whether its first argument is the number of the operation that it is about.</summary>
    public static bool IsAboutOperation(this HostOp op) => op is HostOp.Respond or HostOp.HandlerFailed or HostOp.RequestRefused or HostOp.WaitUntil
        or HostOp.LeaseSettled or HostOp.Stalled or HostOp.ModuleDone or HostOp.BuiltinsCompared or HostOp.Result or HostOp.Value;

    /// <summary>Whether it brings a result, which whoever has passed a limit of memory does not get.</summary>
    public static bool IsOutcome(this HostOp op) => op is HostOp.Respond or HostOp.Value or HostOp.Result;
}
