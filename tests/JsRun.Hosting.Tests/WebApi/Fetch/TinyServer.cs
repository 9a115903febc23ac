using System.Net;
using System.Net.Sockets;
using System.Text;

namespace JsRun.Hosting.Tests.WebApi.Fetch;

/// <summary>An HTTP/1.1 server of the smallest kind: every connection is handed to the test as text.</summary>
internal sealed class TinyServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Connection, Task> _serve;
    private readonly Task _loop;

    public TinyServer(Func<Connection, Task> serve)
    {
        _serve = serve;
        _listener.Start();
        _loop = AcceptAsync();
    }

    /// <summary>Answers every request on a connection with the same text.</summary>
    public TinyServer(string response)
        : this(async connection =>
        {
            while (await connection.ReadHeadAsync() is { Length: > 0 })
            {
                await connection.WriteAsync(response);
            }
        })
    {
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Url => $"http://127.0.0.1:{Port}/";

    public int Connections { get; private set; }

    /// <summary>The heads of the requests so far.</summary>
    public List<string> Heads { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Connections++;
                connections.Add(ServeAsync(client));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await _serve(new(client.GetStream(), this, _stop.Token));
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The client left, or the test has ended.
            }
        }
    }

    internal sealed class Connection(NetworkStream stream, TinyServer server, CancellationToken stop)
    {
        /// <summary>Reads up to the empty line; the empty string where the client has closed.</summary>
        public async Task<string> ReadHeadAsync()
        {
            var head = await ReadUntilAsync("\r\n\r\n");
            if (head.Length > 0)
            {
                server.Heads.Add(head);
            }

            return head;
        }

        public async Task<string> ReadUntilAsync(string end)
        {
            var text = new StringBuilder();
            var one = new byte[1];
            while (!text.ToString().EndsWith(end, StringComparison.Ordinal) && await stream.ReadAsync(one, stop) == 1)
            {
                text.Append((char)one[0]);
            }

            return text.ToString();
        }

        public async Task WriteAsync(string text) => await WriteAsync(Encoding.Latin1.GetBytes(text));

        public async Task WriteAsync(byte[] bytes) => await stream.WriteAsync(bytes, stop);
    }
}
