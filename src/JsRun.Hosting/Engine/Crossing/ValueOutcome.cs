namespace JsRun.Engine.Crossing;

/// <summary>The outcome of an evaluation or a call. Mirrors <c>JavaScript/src/kernel/ops.ts</c>.</summary>
internal enum ValueOutcome
{
    Value = 0,
    Thrown = 1,
    NotConvertible = 2,
    Pending = 3,
}
