using System.Net.WebSockets;
using System.Text;
using JsRun.AspNetCore.Tests.Fetch;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace JsRun.AspNetCore.Tests.WebSockets;

/// <summary>The client of scripts against sockets of Kestrel.</summary>
public sealed class WebSocketTests
{
    /// <summary>Collects what a socket fires, and resolves when it has closed.</summary>
    private const string Record = """
        const record = (socket) => {
          const log = [];
          socket.addEventListener('open', () => log.push(`open ${socket.protocol}`));
          socket.addEventListener('message', ({ data }) => log.push(typeof data === 'string' ? data : data.size ?? data.byteLength));
          socket.addEventListener('error', ({ message }) => log.push(`error ${message}`));
          return { log, closed: new Promise((resolve) => socket.addEventListener('close', ({ code, reason, wasClean }) => { log.push(`close ${code} ${reason} ${wasClean}`); resolve(log); })) };
        };
        const ws = up.replace('http', 'ws');
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Echo_TextAndBytes_ComeBackInOrder()
    {
        await using var lab = await StartAsync();

        (await lab.RunAsync(Record + """
            const socket = new WebSocket(ws + '/echo', ['a', 'second']);
            const { closed } = record(socket);
            await new Promise((resolve) => { socket.onopen = resolve; });
            const before = socket.readyState;
            socket.send('text ü');
            socket.send(new Uint8Array([1, 2, 3]));
            socket.send(new Blob(['blob']));
            socket.binaryType = 'arraybuffer';
            socket.send(new Uint8Array(200_000).buffer);
            const buffered = socket.bufferedAmount;
            socket.close(4000, 'done');
            return [before, buffered, socket.readyState, await closed, socket.readyState, socket.url === ws + '/echo'];
            """)).ShouldBe("""[1,200014,2,["open second"],3,true]""".Replace("[\"open second\"]", """["open second","close 4000 done true"]"""));
    }

    [Fact]
    public async Task Echo_MessagesUntilTheLast_AreAllTold()
    {
        await using var lab = await StartAsync();

        (await lab.RunAsync(Record + """
            const socket = new WebSocket(ws + '/echo');
            socket.binaryType = 'arraybuffer';
            const { closed, log } = record(socket);
            await new Promise((resolve) => { socket.onopen = resolve; });
            socket.send('text ü');
            socket.send(new Uint8Array(200_000));
            socket.send('');
            await new Promise((resolve) => { socket.onmessage = () => { if (log.length === 4) resolve(); }; });
            socket.close();
            return [await closed, socket.bufferedAmount];
            """)).ShouldBe("""[["open ","text ü",200000,"","close 1005  true"],0]""");
    }

    [Fact]
    public async Task Close_AnsweredAtOnce_IsCleanEachTime()
    {
        await using var lab = await StartAsync(static o => o.Limits.MaxSubrequests = 200);

        // .NET may be told of the answer before it has noted that the question was sent.
        (await lab.RunAsync(Record + """
            const unclean = [];
            for (let i = 0; i < 200; i++) {
              const socket = new WebSocket(ws + '/echo');
              const { closed } = record(socket);
              await new Promise((resolve) => { socket.onopen = resolve; });
              socket.close();
              const [, end] = await closed;
              if (end !== 'close 1005  true') unclean.push(end);
            }
            return unclean;
            """)).ShouldBe("[]");
    }

    [Fact]
    public async Task Close_OfTheServer_TellsCodeAndReason()
    {
        await using var lab = await StartAsync();

        (await lab.RunAsync(Record + "return record(new WebSocket(ws + '/bye')).closed;")).ShouldBe("""["open ","hello","close 4001 bye true"]""");
    }

    [Fact]
    public async Task Connection_Aborted_IsNotClean()
    {
        await using var lab = await StartAsync();

        var log = await lab.RunAsync(Record + "const socket = new WebSocket(ws + '/cut'); socket.onopen = () => socket.send('x'); return record(socket).closed;");

        log.ShouldStartWith("""["open ","error """);
        log.ShouldEndWith("\"close 1006  false\"]");
    }

    [Theory]
    [InlineData("up.replace('http', 'ws') + '/none'", "404")]
    [InlineData("'ws://127.0.0.1:1/'", "127.0.0.1:1: ")]
    public async Task Connect_Refused_IsAnErrorAndAClose(string url, string message)
    {
        await using var lab = await StartAsync();

        var log = await lab.RunAsync(Record + $"return record(new WebSocket({url})).closed;");

        log.ShouldContain(message);
        log.ShouldEndWith("\"close 1006  false\"]");
        log.ShouldNotContain("open");
    }

    [Theory]
    [InlineData("127.0.0.1", "localhost")]
    public async Task Connect_NoPermission_SaysWhichOne(string granted, string asked)
    {
        await using var lab = await StartAsync();

        (await lab.RunAsync(Record + $"return record(new WebSocket(ws.replace('{granted}', '{asked}') + '/echo')).closed;")).ShouldContain($"net:{asked}");
    }

    [Fact]
    public async Task MaxWebSocketBytes_LongerMessage_FailsAndJustUnderPasses()
    {
        await using var lab = await StartAsync(o => o.Limits.MaxWebSocketBytes = 4096);

        var log = await lab.RunAsync(Record + "return record(new WebSocket(ws + '/send?4096,4097')).closed;");

        log.ShouldStartWith("""["open ",4096,"error """);
        log.ShouldContain("JsRun:Limits:MaxWebSocketBytes");
        log.ShouldContain("close 1009 ");
    }

    [Fact]
    public async Task MaxWebSocketBytes_TooMuchToSend_Fails()
    {
        await using var lab = await StartAsync(o => o.Limits.MaxWebSocketBytes = 4096);

        (await lab.RunAsync(Record + """
            const socket = new WebSocket(ws + '/echo');
            const { closed } = record(socket);
            await new Promise((resolve) => { socket.onopen = resolve; });
            socket.send(new Uint8Array(4097));
            return [socket.readyState, (await closed).at(-1)];
            """)).ShouldBe("""[2,"close 1006  false"]""");
    }

    [Fact]
    public async Task MaxSubrequests_Sockets_AreCounted()
    {
        await using var lab = await StartAsync(o => o.Limits.MaxSubrequests = 1);

        (await lab.RunAsync(Record + "await fetch(up + '/none'); return record(new WebSocket(ws + '/bye')).closed;")).ShouldContain("JsRun:Limits:MaxSubrequests: 1");
    }

    [Fact]
    public async Task Close_WhileConnecting_IsAbnormal()
    {
        await using var lab = await StartAsync();

        (await lab.RunAsync(Record + "const socket = new WebSocket(ws + '/never'); const { closed } = record(socket); socket.close(); return [(await closed).at(-1), socket.readyState];")).ShouldBe("""["close 1006  false",3]""");
    }

    [Fact]
    public async Task Socket_OfARuntimeThatIsDisposed_IsClosed()
    {
        var ended = new TaskCompletionSource();
        var lab = await StartAsync(map: app => app.Map("/watch", async (HttpContext context) =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            try
            {
                await socket.ReceiveAsync(new byte[10], Token);
            }
            catch (WebSocketException)
            {
                ended.SetResult();
            }
        }));
        await lab.RunAsync(Record + "const socket = new WebSocket(ws + '/watch'); await new Promise((resolve) => { socket.onopen = resolve; });");

        await lab.Runtime.DisposeAsync();

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
        await lab.DisposeAsync();
    }

    private static Task<FetchLab> StartAsync(Action<JsRunOptions>? options = null, Action<WebApplication>? map = null) => FetchLab.StartAsync(
        app =>
        {
            app.Map("/echo", EchoAsync);
            app.Map("/bye", async (HttpContext context) =>
            {
                using var socket = await context.WebSockets.AcceptWebSocketAsync();
                await socket.SendAsync(Encoding.UTF8.GetBytes("hello"), WebSocketMessageType.Text, true, Token);
                await socket.CloseAsync((WebSocketCloseStatus)4001, "bye", Token);
            });
            app.Map("/cut", async (HttpContext context) =>
            {
                using var socket = await context.WebSockets.AcceptWebSocketAsync();
                await socket.ReceiveAsync(new byte[1], Token);
                context.Abort();
            });
            app.Map("/never", async (HttpContext context) => await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
            app.Map("/send", async (HttpContext context) =>
            {
                using var socket = await context.WebSockets.AcceptWebSocketAsync();
                foreach (var size in context.Request.QueryString.Value![1..].Split(','))
                {
                    await socket.SendAsync(new byte[int.Parse(size)], WebSocketMessageType.Binary, true, Token);
                }

                await socket.ReceiveAsync(new byte[100], Token);
            });
            map?.Invoke(app);
        },
        options);

    private static async Task EchoAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync(context.WebSockets.WebSocketRequestedProtocols.LastOrDefault());
        var buffer = new byte[300_000];
        var count = 0;
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(count), Token);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(socket.CloseStatus ?? WebSocketCloseStatus.Empty, socket.CloseStatusDescription, Token);
                return;
            }

            count += received.Count;
            if (received.EndOfMessage)
            {
                await socket.SendAsync(buffer.AsMemory(0, count), received.MessageType, true, Token);
                count = 0;
            }
        }
    }
}
