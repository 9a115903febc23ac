using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using JsRun.Functions.Inspection;

namespace JsRun.AspNetCore.Inspector;

/// <summary>Carries messages between a debugger's socket and the function that it is attached to.</summary>
internal static class InspectorSocket
{
    // DevTools sends scripts to evaluate, seldom more than some kilobytes.
    private const int MostBytes = 16 << 20;
    private const int BufferBytes = 16 << 10;

    /// <summary>Runs until either side leaves.</summary>
    public static async Task RunAsync(WebSocket socket, InspectorConnection connection, CancellationToken cancellationToken)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var receiving = ReceiveAsync(socket, connection, leaving.Token);
        var sending = SendAsync(socket, connection, leaving.Token);
        await Task.WhenAny(receiving, sending).ConfigureAwait(false);
        connection.End();
        // What ends the isolate has been sent; a debugger that does not read is not waited for.
        leaving.CancelAfter(TimeSpan.FromSeconds(1));
        await Task.WhenAll(receiving, sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task ReceiveAsync(WebSocket socket, InspectorConnection connection, CancellationToken cancellationToken)
    {
        var message = new ArrayBufferWriter<byte>();
        while (true)
        {
            var result = await socket.ReceiveAsync(message.GetMemory(BufferBytes), cancellationToken).ConfigureAwait(false);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            message.Advance(result.Count);
            if (message.WrittenCount > MostBytes || result.MessageType != WebSocketMessageType.Text)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.MessageTooBig, "The message is too large, or not text.", cancellationToken).ConfigureAwait(false);
                return;
            }

            if (result.EndOfMessage)
            {
                connection.Send(Encoding.UTF8.GetString(message.WrittenSpan));
                message.ResetWrittenCount();
            }
        }
    }

    private static async Task SendAsync(WebSocket socket, InspectorConnection connection, CancellationToken cancellationToken)
    {
        await foreach (var message in connection.Messages.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, cancellationToken).ConfigureAwait(false);
        }

        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, "The isolate has ended, or the host is stopping.", cancellationToken).ConfigureAwait(false);
        }
    }
}
