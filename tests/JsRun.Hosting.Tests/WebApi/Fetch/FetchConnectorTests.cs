using JsRun.WebApi.Fetch;

namespace JsRun.Hosting.Tests.WebApi.Fetch;

public sealed class FetchConnectorTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    [Theory]
    [InlineData("net:*")]
    [InlineData("net:*.example.com")]
    [InlineData("net:api.example.com")]
    public async Task ConnectAsync_NamePointsToLoopback_IsRefused(string permission)
    {
        await using var server = new TinyServer(Ok);
        using var fetch = new FetchFixture("127.0.0.1");

        var exception = await Should.ThrowAsync<JsPermissionException>(() => fetch.SendAsync($"http://api.example.com:{server.Port}/", permission));

        exception.Message.ShouldContain("its address 127.0.0.1 is inside the network");
        server.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task ConnectAsync_LocalhostNamed_IsConnected()
    {
        await using var server = new TinyServer(Ok);
        using var fetch = new FetchFixture("127.0.0.1");

        await using var result = await fetch.SendAsync($"http://localhost:{server.Port}/", $"net:localhost:{server.Port}");

        result.Status.ShouldBe(200);
    }

    [Fact]
    public async Task ConnectAsync_FirstAddressRefused_TriesTheNext()
    {
        await using var server = new TinyServer(Ok);
        using var fetch = new FetchFixture("169.254.169.254", "127.0.0.1");

        await using var result = await fetch.SendAsync($"http://localhost:{server.Port}/", "net:localhost");

        result.Status.ShouldBe(200);
    }

    [Fact]
    public async Task ConnectAsync_FirstAddressDoesNotAnswer_TriesTheNext()
    {
        // Only 127.0.0.1 listens; the same port of ::1 and 127.0.0.2 refuses.
        await using var server = new TinyServer(Ok);
        using var fetch = new FetchFixture("::1", "127.0.0.2", "127.0.0.1");

        await using var result = await fetch.SendAsync($"http://localhost:{server.Port}/", "net:localhost");

        result.Status.ShouldBe(200);
    }

    [Fact]
    public async Task ConnectAsync_NoAddress_Fails()
    {
        using var fetch = new FetchFixture();

        (await Should.ThrowAsync<FetchException>(() => fetch.SendAsync("http://api.example.com/", "net:*"))).Message.ShouldStartWith("api.example.com: ");
    }

    [Fact]
    public async Task SendAsync_ConnectionOfAnotherSet_IsNotReused()
    {
        // The set that names localhost leaves a pooled connection; the one that does not must not find it.
        await using var server = new TinyServer(Ok);
        using var fetch = new FetchFixture("127.0.0.1");
        var url = $"http://app.localhost:{server.Port}/";
        await using (var result = await fetch.SendAsync(url, "net:app.localhost"))
        {
            await FetchFixture.TextAsync(result);
        }

        await Should.ThrowAsync<JsPermissionException>(() => fetch.SendAsync(url, "net:*.localhost"));
        await using (await fetch.SendAsync(url, $"net:app.localhost:{server.Port}"))
        {
            server.Connections.ShouldBe(2);
        }
    }
}
