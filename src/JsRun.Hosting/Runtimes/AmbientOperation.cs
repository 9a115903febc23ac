using JsRun.Engine.Operations;

namespace JsRun.Runtimes;

/// <summary>Whatever runs between an embedder's executions and belongs to none of them.</summary>
internal sealed class AmbientOperation : Operation
{
    /// <param name="turnLimit">The most that it may take on the wall clock at a time.</param>
    public AmbientOperation(TimeSpan turnLimit) => TurnLimit = turnLimit;

    public override string Name => "runtime";

    public override void Fail(Exception exception)
    {
        // Nobody waits for it.
    }
}
