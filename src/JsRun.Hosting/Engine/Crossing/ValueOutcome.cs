namespace JsRun.Engine.Crossing;

/// <summary>How an evaluation or a call ended. Mirrors <c>JavaScript/src/kernel/ops.ts</c>.</summary>
internal enum ValueOutcome
{
    Value = 0,
    Thrown = 1,
    NotConvertible = 2,
    Pending = 3,
}
