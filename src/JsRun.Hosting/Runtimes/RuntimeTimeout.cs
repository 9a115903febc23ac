using System.Globalization;

namespace JsRun.Runtimes;

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
        var what = kind switch
        {
            JsExecutionKind.Evaluate or JsExecutionKind.EvaluateAsync => "evaluation",
            JsExecutionKind.Import or JsExecutionKind.ImportAsync => "import",
            _ => "call",
        };
        var milliseconds = timeout.TotalMilliseconds.ToString(CultureInfo.InvariantCulture);
        var state = pending ? " (promise still pending)" : "";
        return new JsTimeoutException($"The {what} of '{name}' timed out after {milliseconds} ms{state}.") { Timeout = timeout, PromisePending = pending };
    }
}
