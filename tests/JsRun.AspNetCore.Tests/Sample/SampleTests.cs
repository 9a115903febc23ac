using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace JsRun.AspNetCore.Tests.Sample;

/// <summary>The sample as it is started from the command line, over the test server.</summary>
public sealed class SampleTests(SampleFactory factory) : IClassFixture<SampleFactory>
{
    private readonly HttpClient _client = factory.CreateClient();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/hello?name=you", "Hello you\n")]
    [InlineData("/users/42", "\"id\":\"42\"")]
    [InlineData("/files", "{\"rest\":\"\",\"depth\":0}")]
    [InlineData("/files/a/b%20c", "{\"rest\":\"a/b c\",\"depth\":2}")]
    [InlineData("/api/orders", "\"tea\"")]
    [InlineData("/stream?count=5", "2\n3\n5\n7\n11\n")]
    [InlineData("/wasm?a=1071&b=462", "\"gcd\":21")]
    [InlineData("/react?name=you", "<h1>Hello you</h1>")]
    [InlineData("/react", "Streams begin before they end.")]
    [InlineData("/health", "Healthy")]
    public async Task Get_Function_Answers(string path, string answer) => (await _client.GetStringAsync(path, Token)).ShouldContain(answer);

    [Fact]
    public async Task Page_Root_ListsEveryFunction()
    {
        var page = await _client.GetStringAsync("/", Token);
        var status = JsonDocument.Parse(await _client.GetStringAsync("/_jsrun", Token)).RootElement;

        foreach (var function in status.GetProperty("functions").EnumerateArray())
        {
            function.GetProperty("state").GetString().ShouldBe("Ready", function.ToString());
            page.ShouldContain(WebUtility.HtmlEncode(function.GetProperty("file").GetString()!));
        }

        status.GetProperty("functions").GetArrayLength().ShouldBeGreaterThanOrEqualTo(10);
        status.GetProperty("pool").GetProperty("isolates").GetInt32().ShouldBePositive();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/_jsrun")]
    public async Task Post_PageOfTheHost_Is405(string path)
    {
        using var content = new StringContent("");

        (await _client.PostAsync(path, content, Token)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task Orders_Post_AddsUp()
    {
        using var response = await _client.PostAsJsonAsync("/api/orders", new[] { new { item = "tea", quantity = 2 }, new { item = "cake", quantity = 1 } }, Token);

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token)).RootElement.GetProperty("cents").GetInt32().ShouldBe(1010);
    }

    [Theory]
    [InlineData("{", HttpStatusCode.BadRequest)]
    [InlineData("[{\"item\":\"beer\",\"quantity\":1}]", HttpStatusCode.UnprocessableEntity)]
    [InlineData("[{\"item\":\"tea\",\"quantity\":-1}]", HttpStatusCode.UnprocessableEntity)]
    public async Task Orders_InvalidPost_IsAProblem(string body, HttpStatusCode expected)
    {
        using var content = new StringContent(body);

        using var response = await _client.PostAsync("/api/orders", content, Token);

        response.StatusCode.ShouldBe(expected);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task Orders_OtherMethod_Is405WithAllow()
    {
        using var response = await _client.DeleteAsync("/api/orders", Token);

        response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        response.Content.Headers.Allow.ShouldBe(["GET", "HEAD", "POST"]);
    }

    [Fact]
    public async Task Uppercase_Post_StreamsBothWays()
    {
        using var content = new StringContent("grüße");

        using var response = await _client.PostAsync("/uppercase", content, Token);

        (await response.Content.ReadAsStringAsync(Token)).ShouldBe("GRÜSSE");
    }

    [Fact]
    public async Task Events_FirstEvent_ArrivesAtOnce()
    {
        using var response = await _client.GetAsync("/events", HttpCompletionOption.ResponseHeadersRead, Token);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Token));

        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        (await reader.ReadLineAsync(Token)).ShouldBe("id: 1");
    }

    [Theory]
    [InlineData("only-a-sample", HttpStatusCode.Accepted)]
    [InlineData("another secret", HttpStatusCode.Unauthorized)]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    public async Task Webhook_Signature_Decides(string? secret, HttpStatusCode expected)
    {
        var body = Encoding.UTF8.GetBytes("{\"zen\":\"grüße\"}");
        using var content = new ByteArrayContent(body);
        if (secret is not null)
        {
            content.Headers.Add("x-hub-signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body)));
        }

        (await _client.PostAsync("/webhook", content, Token)).StatusCode.ShouldBe(expected);
    }
}
