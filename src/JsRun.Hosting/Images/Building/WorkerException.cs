namespace JsRun.Images.Building;

/// <summary>A worker did not do its job.</summary>
/// <param name="message">The cause.</param>
/// <param name="isFault">Whether what it was given is the cause: V8 ended the process, or it took too much time or memory. Otherwise the same may work the next time.</param>
/// <param name="innerException">What lies beneath.</param>
internal sealed class WorkerException(string message, bool isFault, Exception? innerException = null) : Exception(message, innerException)
{
    public bool IsFault { get; } = isFault;

    /// <summary>Gets whether it took too much time. That may have been the machine's.</summary>
    public bool IsTimeout { get; init; }
}
