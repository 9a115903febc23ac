using System.IO.Compression;
using System.IO.Pipelines;
using System.Text;

namespace JsRun.WebApi.Fetch;

public sealed class FetchServiceTests
{
    private const string Ok = "HTTP/1.1 200 Fine\r\nContent-Length: 2\r\n\r\nok";

    private static readonly TimeSpan Wedge = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SendAsync_Granted_GivesTheAnswer()
    {
        await using var server = new TinyServer("HTTP/1.1 201 Made\r\nContent-Length: 2\r\nX-One: 1\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nConnection: keep-alive\r\n\r\nok");
        using var fetch = new FetchFixture();

        await using var result = await fetch.SendAsync(server.Url, "net:127.0.0.1");

        result.Status.ShouldBe(201);
        result.ReasonPhrase.ShouldBe("Made");
        result.Headers.ShouldBe("x-one\n1\nset-cookie\na=1\nset-cookie\nb=2\ncontent-length\n2\n");
        (await FetchFixture.TextAsync(result)).ShouldBe("ok");
    }

    [Fact]
    public async Task SendAsync_Headers_ArePassedButThoseOfTheConnection()
    {
        await using var server = new TinyServer(Ok);
        using var fetch = new FetchFixture();

        await using var result = await fetch.SendAsync(server.Url, "net:127.0.0.1", "POST",
            "x-one\n1\nx-two\ncaf\u00e9\ncookie\na=1\ncontent-type\ttext/plain\nhost\nevil.example\n".Replace('\t', '\n')
            + "connection\nx-one\ntransfer-encoding\nchunked\ncontent-length\n99\nupgrade\nwebsocket\nte\ntrailers\nproxy-authorization\nx\n", FetchBody.Text("häh"));

        var head = server.Heads.ShouldHaveSingleItem();
        head.ShouldStartWith("POST / HTTP/1.1\r\n");
        head.ShouldContain("x-one: 1\r\n");
        head.ShouldContain("x-two: caf\u00e9\r\n");
        head.ShouldContain("cookie: a=1\r\n");
        head.ShouldContain("content-type: text/plain\r\n");
        head.ShouldContain("Content-Length: 4\r\n");
        head.ShouldContain($"Host: 127.0.0.1:{server.Port}\r\n");
        foreach (var gone in new[] { "connection:", "transfer-encoding:", "upgrade:", "te:", "proxy-authorization:", "evil.example", ": 99" })
        {
            head.ShouldNotContain("\n" + gone, Case.Insensitive);
        }
    }

    [Theory]
    [InlineData("x-bad\nvalue\rinjected: 1\n")]
    [InlineData("x bad\nvalue\n")]
    public async Task SendAsync_HeaderThatCannotBeSent_Fails(string headers)
    {
        await using var server = new TinyServer(Ok);
        using var fetch = new FetchFixture();

        (await Should.ThrowAsync<FetchException>(() => fetch.SendAsync(server.Url, "net:127.0.0.1", headers: headers))).Message.ShouldContain("cannot be sent");

        server.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task SendAsync_Redirect_IsNotFollowed()
    {
        await using var server = new TinyServer("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n");
        using var fetch = new FetchFixture();

        await using var result = await fetch.SendAsync(server.Url, "net:127.0.0.1");

        result.Status.ShouldBe(302);
        result.Headers.ShouldContain("location\n/elsewhere\n");
        server.Heads.Count.ShouldBe(1);
    }

    [Fact]
    public async Task SendAsync_CookieSet_IsNotSentBack()
    {
        await using var server = new TinyServer("HTTP/1.1 200 OK\r\nSet-Cookie: a=1; Path=/\r\nContent-Length: 0\r\n\r\n");
        using var fetch = new FetchFixture();

        await (await fetch.SendAsync(server.Url, "net:127.0.0.1")).DisposeAsync();
        await (await fetch.SendAsync(server.Url, "net:127.0.0.1")).DisposeAsync();

        server.Heads.Count.ShouldBe(2);
        server.Heads[1].ShouldNotContain("cookie", Case.Insensitive);
    }

    [Fact]
    public async Task SendAsync_CompressedAnswer_IsDecodedAndSaysSo()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write("packed text"u8);
        }

        await using var server = new TinyServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n");
            await connection.WriteAsync(packed.ToArray());
        });
        using var fetch = new FetchFixture();

        await using var result = await fetch.SendAsync(server.Url, "net:127.0.0.1");

        result.Headers.ShouldBe("");
        (await FetchFixture.TextAsync(result)).ShouldBe("packed text");
    }

    [Fact]
    public async Task SendAsync_StreamedAnswer_ArrivesBeforeItsEnd()
    {
        var arrived = new TaskCompletionSource();
        await using var server = new TinyServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n");
            await arrived.Task;
            await connection.WriteAsync("3\r\ntwo\r\n0\r\n\r\n");
        });
        using var fetch = new FetchFixture();
        await using var result = await fetch.SendAsync(server.Url, "net:127.0.0.1");
        var buffer = new byte[16];

        var first = await result.Body!.ReadAsync(buffer, Cancellation).AsTask().WaitAsync(Wedge, Cancellation);
        arrived.SetResult();

        Encoding.ASCII.GetString(buffer, 0, first).ShouldBe("one");
        (await FetchFixture.TextAsync(result)).ShouldBe("two");
        result.Headers.ShouldBe("");
    }

    [Fact]
    public async Task SendAsync_StreamedBody_IsSentAsItComes()
    {
        var first = new TaskCompletionSource<string>();
        await using var server = new TinyServer(async connection =>
        {
            await connection.ReadHeadAsync();
            first.SetResult(await connection.ReadUntilAsync("one\r\n"));
            var rest = await connection.ReadUntilAsync("0\r\n\r\n");
            await connection.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Length: {rest.Length}\r\n\r\n{rest}");
        });
        using var fetch = new FetchFixture();
        var pipe = new Pipe();

        var sending = fetch.SendAsync(server.Url, "net:127.0.0.1", "POST", body: FetchBody.Stream(pipe.Reader));
        await pipe.Writer.WriteAsync("one"u8.ToArray(), Cancellation);
        (await first.Task.WaitAsync(Wedge, Cancellation)).ShouldBe("3\r\none\r\n");
        await pipe.Writer.WriteAsync("two!"u8.ToArray(), Cancellation);
        await pipe.Writer.CompleteAsync();

        await using var result = await sending;
        (await FetchFixture.TextAsync(result)).ShouldBe("4\r\ntwo!\r\n0\r\n\r\n");
    }

    [Fact]
    public async Task SendAsync_BodyFails_RequestFailsAndIsNotComplete()
    {
        var rest = new TaskCompletionSource<string>();
        await using var server = new TinyServer(async connection =>
        {
            await connection.ReadHeadAsync();
            rest.SetResult(await connection.ReadUntilAsync("0\r\n\r\n"));
        });
        using var fetch = new FetchFixture();
        var pipe = new Pipe();

        var sending = fetch.SendAsync(server.Url, "net:127.0.0.1", "POST", body: FetchBody.Stream(pipe.Reader));
        await pipe.Writer.WriteAsync("one"u8.ToArray(), Cancellation);
        await pipe.Writer.CompleteAsync(new InvalidDataException("the script's stream errored"));

        (await Should.ThrowAsync<FetchException>(() => sending)).Message.ShouldContain("the script's stream errored");
        (await rest.Task.WaitAsync(Wedge, Cancellation)).ShouldNotEndWith("0\r\n\r\n");
    }

    [Fact]
    public async Task SendAsync_RefusedWithStreamedBody_CompletesTheReader()
    {
        using var fetch = new FetchFixture();
        var pipe = new Pipe();

        await Should.ThrowAsync<JsPermissionException>(() => fetch.SendAsync("http://127.0.0.1:1/", "net:*", "POST", body: FetchBody.Stream(pipe.Reader)));

        (await pipe.Writer.WriteAsync(new byte[1], Cancellation)).IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task SendAsync_Cancelled_EndsTheConnection()
    {
        var ended = new TaskCompletionSource<string>();
        var asked = new TaskCompletionSource();
        await using var server = new TinyServer(async connection =>
        {
            await connection.ReadHeadAsync();
            asked.SetResult();
            ended.SetResult(await connection.ReadHeadAsync());
        });
        using var fetch = new FetchFixture();
        using var cancellation = new CancellationTokenSource();

        var sending = fetch.SendAsync(server.Url, "net:127.0.0.1", cancellation: cancellation);
        await asked.Task.WaitAsync(Wedge, Cancellation);
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => sending);
        (await ended.Task.WaitAsync(Wedge, Cancellation)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")]
    [InlineData("GET", "HTTP/1.1 204 No Content\r\n\r\n")]
    [InlineData("GET", "HTTP/1.1 304 Not Modified\r\n\r\n")]
    public async Task SendAsync_AnswerWithoutBody_HasNone(string method, string response)
    {
        await using var server = new TinyServer(response);
        using var fetch = new FetchFixture();

        await using var result = await fetch.SendAsync(server.Url, "net:127.0.0.1", method);

        result.Body.ShouldBeNull();
    }

    [Theory]
    [InlineData("ftp://a.example/", "the scheme 'ftp'")]
    [InlineData("nonsense", "is not a URL")]
    public async Task SendAsync_WrongUrl_SaysWhy(string url, string reason)
    {
        using var fetch = new FetchFixture();

        (await Should.ThrowAsync<FetchException>(() => fetch.SendAsync(url, "net:*"))).Message.ShouldContain(reason);
    }

    [Fact]
    public async Task SendAsync_NobodyListens_NamesTheHost()
    {
        int port;
        await using (var server = new TinyServer(Ok))
        {
            port = server.Port;
        }

        using var fetch = new FetchFixture();

        (await Should.ThrowAsync<FetchException>(() => fetch.SendAsync($"http://127.0.0.1:{port}/", "net:127.0.0.1"))).Message.ShouldStartWith($"127.0.0.1:{port}: ");
    }
}
