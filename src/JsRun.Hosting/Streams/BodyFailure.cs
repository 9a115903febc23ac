using System.Net.Sockets;

namespace JsRun.Streams;

/// <summary>Tells what the network says of a body that cannot be read from what the application's own code says of it.</summary>
internal static class BodyFailure
{
    /// <summary>Returns whether scripts may read the message: it is the network's, or the server's about what the client sent.</summary>
    public static bool IsForScripts(Exception error) => error is HttpRequestException or HttpIOException or SocketException or OperationCanceledException
        || error is IOException && error.GetBaseException() is SocketException
        // BadHttpRequestException, ConnectionResetException and their like; this assembly does not know ASP.NET Core.
        || error.GetType().FullName!.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal);
}
