using JsRun.Engine;

namespace JsRun.Runtime;

/// <summary>Whatever runs between an embedder's executions and belongs to none of them.</summary>
internal sealed class AmbientOperation : Operation
{
    public override string Name => "runtime";

    public override void Fail(Exception exception)
    {
        // Nobody waits for it.
    }
}
