namespace JsRun;

/// <summary>Specifies where in a function's pipeline strategies of the application stand.</summary>
public enum EdgeFunctionPipelinePosition
{
    /// <summary>Within the concurrency limit and the time limit: what the strategies do counts against both.</summary>
    Inner,

    /// <summary>Around the concurrency limit and the time limit: the strategies see <c>TimeoutRejectedException</c> and <c>RateLimiterRejectedException</c>, and each attempt has the whole time limit.</summary>
    Outer,
}
