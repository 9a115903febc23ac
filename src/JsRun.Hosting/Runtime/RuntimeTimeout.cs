using System.Globalization;

namespace JsRun.Runtime;

/// <summary>The limit of time of one execution: whether it is one, and what is said when it is reached.</summary>
internal static class RuntimeTimeout
{
    // What a timer can count.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    /// <exception cref="ArgumentOutOfRangeException">It is zero, negative or too long.</exception>
    public static void Check(TimeSpan timeout, string name)
    {
        if (timeout == Timeout.InfiniteTimeSpan)
        {
            return;
        }

        var wrong = timeout == TimeSpan.Zero ? "Timeout cannot be zero" : timeout < TimeSpan.Zero ? "Timeout cannot be negative" : timeout > Longest ? "Timeout is too large" : null;
        if (wrong is not null)
        {
            throw new ArgumentOutOfRangeException(name, timeout, $"{wrong}: give a positive time of at most {Longest.Days} days, or Timeout.InfiniteTimeSpan for no limit.");
        }
    }

    public static JsTimeoutException Expired(JsExecutionKind kind, string name, TimeSpan timeout, bool pending)
    {
        var milliseconds = timeout.TotalMilliseconds.ToString(CultureInfo.InvariantCulture);
        var (prefix, noun, isAsync) = kind switch
        {
            JsExecutionKind.Evaluate => ("Evaluation failed", "evaluation", false),
            JsExecutionKind.EvaluateAsync => ("Evaluation failed", "evaluation", true),
            JsExecutionKind.Import => ("Module evaluation failed", "module evaluation", false),
            JsExecutionKind.ImportAsync => ("Module evaluation failed", "module evaluation", true),
            JsExecutionKind.Call => ("Function call failed", "function call", false),
            _ => ("Function call failed", "function call", true),
        };
        var what = pending ? $"{char.ToUpperInvariant(noun[0])}{noun[1..]} timed out after {milliseconds}ms (promise still pending)"
            : $"{(isAsync ? "Async" : "Sync")} {noun} timed out after {milliseconds}ms";
        return new JsTimeoutException($"{prefix}: {what}: {name}") { Timeout = timeout, PromisePending = pending };
    }
}
