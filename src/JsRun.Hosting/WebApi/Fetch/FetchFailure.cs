using System.ComponentModel;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;

namespace JsRun.WebApi.Fetch;

/// <summary>Says to a script why there is no connection.</summary>
internal static class FetchFailure
{
    // Handlers of the application's may throw anything, which says more than scripts are to read.
    private static bool IsNetworks(Exception error) => error is HttpRequestException or WebSocketException or OperationCanceledException or AuthenticationException
        && error.GetBaseException() is HttpRequestException or WebSocketException or OperationCanceledException or AuthenticationException or IOException or TimeoutException or Win32Exception;

    /// <summary>Looks for the cause beneath the client's wrappers: a refused address comes out of the connection, wrapped.</summary>
    public static Exception Explain(Exception error, string host)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case JsPermissionException or FetchException:
                    return cause;
                case JavaScriptException script:
                    // The script's own stream of the body failed.
                    return new FetchException($"{host}: {script.Message}", error);
                case SocketException socket:
                    return new FetchException($"{host}: {socket.Message}", error);
            }
        }

        return IsNetworks(error)
            ? new FetchException($"{host}: {error.GetBaseException().Message}", error)
            : new FetchException($"{host}: the HTTP client of the host failed: {error.GetType().Name}.", error) { IsHosts = true };
    }
}
