using JsRun.Scheduling;

namespace JsRun.Engine;

/// <summary>One call of <c>setTimeout</c>, or one turn of <c>setInterval</c>.</summary>
internal sealed class V8Timer(V8Context context, Operation? operation, int id) : ScheduledItem
{
    /// <summary>Whom the callback's CPU time belongs to.</summary>
    public Operation? Operation { get; } = operation;

    public void Fire() => context.FireTimer(this, id);
}
