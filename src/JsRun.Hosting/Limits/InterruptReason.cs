namespace JsRun.Limits;

/// <summary>Why running JavaScript is interrupted.</summary>
internal enum InterruptReason
{
    None,
    Timeout,
    CpuTime,
    Leftover,
    Cancelled,
    Stopping,
}
