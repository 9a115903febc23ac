namespace JsRun.Limits;

/// <summary>The reason for which running JavaScript is interrupted.</summary>
internal enum InterruptReason
{
    None,
    Timeout,
    CpuTime,
    Leftover,
    Cancelled,
    Stopping,
}
