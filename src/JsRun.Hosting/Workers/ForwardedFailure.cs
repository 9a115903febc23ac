namespace JsRun.Workers;

/// <summary>The exception with which a function ended in a worker, as plain data.</summary>
internal sealed record ForwardedFailure(string Type, string Message, string? Name = null, string? Stack = null, string? Limit = null, TimeSpan? RetryAfter = null)
{
    /// <summary>The header that says that the body is a failure.</summary>
    public const string HeaderName = "jsrun-failure";

    public static ForwardedFailure Of(JsRunException exception) => exception switch
    {
        JavaScriptException script => new(nameof(JavaScriptException), script.Message, script.Name, script.JsStack),
        JsTimeoutException timeout => new(nameof(JsTimeoutException), timeout.Message, Limit: timeout.Limit),
        JsMemoryLimitException memory => new(nameof(JsMemoryLimitException), memory.Message, Limit: memory.Limit),
        JsPoolExhaustedException exhausted => new(nameof(JsPoolExhaustedException), exhausted.Message, Limit: exhausted.Limit, RetryAfter: exhausted.RetryAfter),
        _ => new(exception.GetType().Name, exception.Message),
    };
}
