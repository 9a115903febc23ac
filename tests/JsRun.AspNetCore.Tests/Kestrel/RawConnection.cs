using System.Net.Sockets;
using System.Text;

namespace JsRun.AspNetCore.Tests.Kestrel;

/// <summary>A connection without an HTTP client between: what was sent is what was asked for.</summary>
internal sealed class RawConnection : IAsyncDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 64 << 10 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<RawConnection> SendAsync(Uri url, string request)
    {
        var connection = new RawConnection();
        await connection._socket.ConnectAsync(url.Host, url.Port, Token);
        await connection._socket.SendAsync(Encoding.Latin1.GetBytes(request), Token);
        return connection;
    }

    public async Task<string> ReadUntilAsync(string text)
    {
        var seen = "";
        var buffer = new byte[4096];
        while (!seen.Contains(text, StringComparison.Ordinal) && await ReadAsync(buffer) is var read and > 0)
        {
            seen += Encoding.Latin1.GetString(buffer, 0, read);
        }

        return seen;
    }

    /// <summary>Everything until the server closes the connection.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var text = new StringBuilder();
        var buffer = new byte[64 << 10];
        try
        {
            while (await ReadAsync(buffer) is var read and > 0)
            {
                text.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }
        }
        catch (SocketException)
        {
            // Reset: what came before it counts.
        }

        return text.ToString();
    }

    public async Task<int> ReadAsync(Memory<byte> buffer)
    {
        using var wedged = CancellationTokenSource.CreateLinkedTokenSource(Token);
        wedged.CancelAfter(TimeSpan.FromSeconds(30));
        return await _socket.ReceiveAsync(buffer, wedged.Token);
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return default;
    }
}
