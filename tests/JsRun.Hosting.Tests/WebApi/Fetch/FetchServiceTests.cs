using System.IO.Compression;
using System.IO.Pipelines;
using System.Text;
using JsRun.WebApi.Fetch;

namespace JsRun.Hosting.Tests.WebApi.Fetch;

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

    [Theory]
    [InlineData("CONNECT")]
    [InlineData("TRACE")]
    [InlineData("TRACK")]
    public async Task SendAsync_MethodThatFetchForbids_IsRefusedInTheHostToo(string method)
    {
        await using var server = new TinyServer(Ok);
        using var fetch = new FetchFixture();

        (await Should.ThrowAsync<FetchException>(() => fetch.SendAsync(server.Url, "net:127.0.0.1", method))).Message.ShouldContain($"'{method}'");

        server.Connections.ShouldBe(0);
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
        await pipe.Writer.CompleteAsync(new JavaScriptException("the script's stream errored"));

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

    [Theory]
    [InlineData("", "gzip, deflate, br")]
    [InlineData("range\nbytes=0-3\n", "identity")]
    [InlineData("Accept-Encoding\nidentity\n", "identity")]
    [InlineData("accept-encoding\n*;q=0\n", "*;q=0")]
    [InlineData("accept-encoding\nbr;q=0.5\nrange\nbytes=0-3\n", "br;q=0.5")]
    public async Task SendAsync_AcceptEncoding_IsTheScriptsAlone(string headers, string expected)
    {
        await using var server = new TinyServer(Ok);
        using var fetch = new FetchFixture();

        await using var result = await fetch.SendAsync(server.Url, "net:127.0.0.1", headers: headers);

        server.Heads.ShouldHaveSingleItem().Split("\r\n").Where(line => line.StartsWith("Accept-Encoding:", StringComparison.OrdinalIgnoreCase)).Select(line => line.Split(':')[1].Trim())
            .ShouldBe([expected]);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("GZIP")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("raw")]
    [InlineData("identity")]
    [InlineData("gzip, br")]
    [InlineData("deflate, identity, gzip")]
    [InlineData("br, br, gzip, deflate, gzip")]
    public async Task SendAsync_ContentCodings_AreAllUndone(string codings)
    {
        var packed = codings.Split(", ").Aggregate("packed text"u8.ToArray(), Pack);
        await using var server = Server(codings.Replace("raw", "deflate", StringComparison.Ordinal), packed);
        using var fetch = new FetchFixture();

        await using var result = await fetch.SendAsync(server.Url, "net:127.0.0.1");

        (await FetchFixture.TextAsync(result)).ShouldBe("packed text");
        if (codings != "identity")
        {
            result.Headers.ShouldNotContain("content-");
        }
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("zstd, gzip")]
    public async Task SendAsync_ContentCodingThatIsNotKnown_StaysAsItIs(string codings)
    {
        await using var server = Server(codings, "packed"u8.ToArray());
        using var fetch = new FetchFixture();

        await using var result = await fetch.SendAsync(server.Url, "net:127.0.0.1");

        (await FetchFixture.TextAsync(result)).ShouldBe("packed");
        result.Headers.ShouldContain($"content-encoding\n{codings}\n");
        result.Headers.ShouldContain("content-length\n6\n");
    }

    [Fact]
    public async Task SendAsync_MoreContentCodingsThanAreUndone_Fails()
    {
        await using var server = Server("gzip, gzip, gzip, gzip, gzip, gzip", "x"u8.ToArray());
        using var fetch = new FetchFixture();

        (await Should.ThrowAsync<FetchException>(() => fetch.SendAsync(server.Url, "net:127.0.0.1"))).Message.ShouldContain("6 content codings");
    }

    [Fact]
    public async Task SendAsync_HeadOfACodedAnswer_KeepsItsHeaders()
    {
        await using var server = new TinyServer("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\n");
        using var fetch = new FetchFixture();

        await using var result = await fetch.SendAsync(server.Url, "net:127.0.0.1", "HEAD");

        result.Headers.ShouldBe("content-encoding\ngzip\ncontent-length\n5\n");
    }

    [Theory]
    [InlineData("%65cho?a=%41%2d%2E%7e%5F")]
    [InlineData("?a=100%")]
    [InlineData("?a=%zz")]
    [InlineData("?a=|^`{}\\")]
    [InlineData("a/%2e%2e%2fx/%2E%2E/./../y")]
    [InlineData("b%2e%2e")]
    [InlineData("a%5cb%5C|c")]
    [InlineData("//a///b")]
    public async Task SendAsync_Url_IsOnTheWireAsItIs(string target)
    {
        await using var server = new TinyServer(Ok);
        using var fetch = new FetchFixture();

        await using var result = await fetch.SendAsync(server.Url + target, "net:127.0.0.1");

        server.Heads.ShouldHaveSingleItem().ShouldStartWith($"GET /{target} HTTP/1.1\r\n");
    }

    [Theory]
    [InlineData("x HTTP/1.1\r\nForged: 1\r\n\r\n")]
    [InlineData("a b")]
    [InlineData("a\tb")]
    [InlineData("\u00fc")]
    [InlineData("a#b")]
    public async Task SendAsync_UrlThatTheUrlStandardDidNotSerialise_IsNotSent(string target)
    {
        await using var server = new TinyServer(Ok);
        using var fetch = new FetchFixture();

        (await Should.ThrowAsync<FetchException>(() => fetch.SendAsync(server.Url + target, "net:127.0.0.1"))).Message.ShouldContain("is not a URL");
        server.Connections.ShouldBe(0);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}@127.0.0.2:{0}/", "net:127.0.0.1")]
    [InlineData("http://127.0.0.2:{0}/?@127.0.0.1:{0}/", "net:127.0.0.1")]
    [InlineData("http://127.0.0.2:{0}/%23@127.0.0.1/", "net:127.0.0.1")]
    [InlineData("http://127.0.0.1:{0}/..%2f@127.0.0.2/", "net:127.0.0.2")]
    public async Task SendAsync_HostThatOnlyResemblesAGrantedOne_IsNotReached(string url, string permission)
    {
        await using var server = new TinyServer(Ok);
        using var fetch = new FetchFixture();

        await Should.ThrowAsync<JsPermissionException>(() => fetch.SendAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, url, server.Port), permission));
        server.Connections.ShouldBe(0);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("content-type\ntext/plain\n", true)]
    public async Task SendAsync_GetWithAHeaderThatDescribesABody_SaysThatThereIsNone(string headers, bool expected)
    {
        await using var server = new TinyServer(Ok);
        using var fetch = new FetchFixture();

        await using var result = await fetch.SendAsync(server.Url, "net:127.0.0.1", headers: headers);

        server.Heads.ShouldHaveSingleItem().Contains("Content-Length: 0\r\n", StringComparison.Ordinal).ShouldBe(expected);
    }

    private static TinyServer Server(string codings, byte[] body) => new(async connection =>
    {
        await connection.ReadHeadAsync();
        await connection.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Encoding: {codings}\r\nContent-Length: {body.Length}\r\n\r\n");
        await connection.WriteAsync(body);
    });

    private static byte[] Pack(byte[] bytes, string coding)
    {
        using var packed = new MemoryStream();
        using (Stream? packing = coding.ToUpperInvariant() switch
        {
            "BR" => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "DEFLATE" => new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "RAW" => new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "IDENTITY" => null,
            _ => new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true),
        })
        {
            if (packing is null)
            {
                return bytes;
            }

            packing.Write(bytes);
        }

        return packed.ToArray();
    }
}
