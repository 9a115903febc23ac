using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace JsRun.AspNetCore.Tests.Inspector;

/// <summary>A client of the Chrome DevTools protocol. Not thread-safe: one call at a time.</summary>
internal sealed class DebugClient(ClientWebSocket socket) : IDisposable
{
    private readonly List<JsonElement> _events = [];
    private int _calls;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<DebugClient> ConnectAsync(string url)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(url), Token);
        return new DebugClient(socket);
    }

    /// <summary>Calls a method and returns its result, or its error.</summary>
    public async Task<JsonElement> CallAsync(string method, object? parameters = null)
    {
        var id = ++_calls;
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters ?? new { } }), WebSocketMessageType.Text, true, Token);
        while (true)
        {
            var message = await ReceiveAsync();
            if (message.TryGetProperty("id", out var answered) && answered.GetInt32() == id)
            {
                return message.TryGetProperty("result", out var result) ? result : message.GetProperty("error");
            }

            _events.Add(message);
        }
    }

    /// <summary>Waits for an event and returns its parameters; the first one that fits, if several have come.</summary>
    public async Task<JsonElement> WaitAsync(string method, Func<JsonElement, bool>? fits = null)
    {
        while (true)
        {
            var index = _events.FindIndex(e => e.GetProperty("method").GetString() == method && fits?.Invoke(e.GetProperty("params")) != false);
            if (index >= 0)
            {
                var found = _events[index].GetProperty("params");
                _events.RemoveAt(index);
                return found;
            }

            _events.Add(await ReceiveAsync());
        }
    }

    public void Dispose() => socket.Dispose();

    // So that a message that never comes fails its test, and says what came instead.
    private async Task<WebSocketReceiveResult> ReceiveAsync(byte[] buffer)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        try
        {
            return await socket.ReceiveAsync(buffer, patience.Token);
        }
        catch (OperationCanceledException e) when (!Token.IsCancellationRequested)
        {
            throw new TimeoutException($"No message comes. Events: {string.Join('\n', _events)}", e);
        }
    }

    private async Task<JsonElement> ReceiveAsync()
    {
        using var message = new MemoryStream();
        var buffer = new byte[64 << 10];
        while (true)
        {
            var result = await ReceiveAsync(buffer);
            result.MessageType.ShouldBe(WebSocketMessageType.Text, $"The connection was closed: {socket.CloseStatusDescription}");
            message.Write(buffer, 0, result.Count);
            if (result.EndOfMessage)
            {
                return JsonDocument.Parse(Encoding.UTF8.GetString(message.ToArray())).RootElement;
            }
        }
    }
}
