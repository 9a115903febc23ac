namespace JsRun.WebApi.Fetch;

/// <summary>The request could not be sent or its answer not be read. The message is meant for the script: its promise rejects with a TypeError that says it.</summary>
internal sealed class FetchException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Gets whether code of the application's failed, and not the network: the script is not told why.</summary>
    public bool IsHosts { get; init; }
}
