using JsRun.Scheduling;

namespace JsRun.Engine.Contexts;

/// <summary>
/// Errors for those who ask for what has gone, on their way to them: not told at once, because entries do not nest. JavaScript waits for them, so they are
/// counted until they are told. On the isolate's thread.
/// </summary>
internal sealed class PostedRefusals(V8Context context)
{
    /// <summary>Those that are on their way. May be read from any thread, and is then a moment old.</summary>
    public int Count { get; private set; }

    /// <param name="tell">Enters JavaScript.</param>
    public void Post(Action tell)
    {
        Count++;
        context.Post(new ActionItem(() =>
        {
            Count--;
            tell();
        }));
    }
}
