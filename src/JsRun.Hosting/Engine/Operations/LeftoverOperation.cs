namespace JsRun.Engine.Operations;

/// <summary>
/// Answers for code that runs in others' entries and belongs to nobody any more: of requests that have ended, of a top level. It is limited entry by entry, and nobody is told of its end.
/// </summary>
internal sealed class LeftoverOperation(string name) : Operation
{
    public override string Name => name;

    /// <summary>Nothing of it ends: the next one may run.</summary>
    public override void Interrupt(Limits.InterruptReason reason)
    {
    }

    public override void Fail(Exception exception)
    {
    }
}
