using System.Net.Sockets;
using System.Text;

namespace JsRun.Workers;

/// <summary>Sends requests to a worker over its socket. Thread-safe.</summary>
internal sealed class ForwardingClient : HttpMessageInvoker
{
    private const int MostHeaderKilobytes = 16 * 1024;

    public ForwardingClient(string socket)
        : base(CreateHandler(socket))
    {
    }

    private static SocketsHttpHandler CreateHandler(string path) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = System.Net.DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
        // What a function sees of a trace is what its client sent.
        ActivityHeadersPropagator = null,
#pragma warning disable CA2262 // A function may set as many headers as it likes.
        MaxResponseHeadersLength = MostHeaderKilobytes,
#pragma warning restore CA2262
        RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken).ConfigureAwait(false);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };
}
