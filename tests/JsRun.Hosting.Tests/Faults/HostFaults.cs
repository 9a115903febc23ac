namespace JsRun.Hosting.Tests.Faults;

/// <summary>What code of the host's may throw, and libraries have taken for the end of the world.</summary>
internal static class HostFaults
{
    public const string Secret = "/secret/path";

    public static readonly string[] Names = [nameof(OutOfMemoryException), nameof(InsufficientExecutionStackException), nameof(ThreadInterruptedException), nameof(UnreadableException), nameof(IOException)];

    public static Exception Create(string name) => name switch
    {
#pragma warning disable CA2201 // What libraries throw, the tests throw too.
        nameof(OutOfMemoryException) => new OutOfMemoryException(Secret),
#pragma warning restore CA2201
        nameof(InsufficientExecutionStackException) => new InsufficientExecutionStackException(Secret),
        nameof(ThreadInterruptedException) => new ThreadInterruptedException(Secret),
        nameof(UnreadableException) => new UnreadableException(),
        nameof(IOException) => new IOException(Secret),
        _ => throw new ArgumentException($"No exception '{name}' is known.", nameof(name)),
    };
}
