using System.Net.Sockets;

namespace JsRun.WebApi.Fetch;

/// <summary>Says to a script why there is no connection.</summary>
internal static class FetchFailure
{
    /// <summary>Looks for the cause beneath the client's wrappers: a refused address comes out of the connection, wrapped.</summary>
    public static Exception Explain(Exception error, string host)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case JsPermissionException or FetchException:
                    return cause;
                case SocketException socket:
                    return new FetchException($"{host}: {socket.Message}", error);
            }
        }

        return new FetchException($"{host}: {error.GetBaseException().Message}", error);
    }
}
