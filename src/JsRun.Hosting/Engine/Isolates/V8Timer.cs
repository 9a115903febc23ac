using JsRun.Engine.Contexts;
using JsRun.Engine.Operations;
using JsRun.Scheduling;

namespace JsRun.Engine.Isolates;

/// <summary>One call of <c>setTimeout</c>, or one turn of <c>setInterval</c>.</summary>
internal sealed class V8Timer(V8Context context, Operation? operation, int id, bool repeats) : ScheduledItem
{
    /// <summary>Gets whether it is an interval's.</summary>
    public bool Repeats { get; } = repeats;

    /// <summary>Whom the callback's CPU time belongs to.</summary>
    public Operation? Operation { get; } = operation;

    public void Fire() => context.Timers.Fire(this, id);
}
