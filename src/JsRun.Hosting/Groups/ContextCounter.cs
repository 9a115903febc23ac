using JsRun.Diagnostics;

namespace JsRun.Groups;

/// <summary>Counts the contexts of one pool group. From any thread.</summary>
internal sealed class ContextCounter(JsRunMetrics metrics, string group)
{
    /// <param name="context">It has just been made.</param>
    /// <param name="cold">Whether a request waited for it.</param>
    public void Made(FunctionContext context, bool cold)
    {
        var name = context.Definition.Name;
        metrics.ContextCreated(group, name, context.Tier);
        if (cold)
        {
            metrics.ColdStart(group, name);
        }
    }
}
