using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace JsRun.Packages.Tests;

/// <summary>Popular packages run unchanged from their bundles.</summary>
public sealed class PackageTests(PackagesFixture servers) : IClassFixture<PackagesFixture>
{
    public static TheoryData<JsIsolation> Isolations => [.. Enum.GetValues<JsIsolation>()];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Isolations))]
    public async Task Hono_RoutesMiddlewareAndErrors(JsIsolation isolation)
    {
        var client = servers[isolation];

        using var hello = await client.GetAsync("/hono", Token);
        (await hello.Content.ReadAsStringAsync(Token)).ShouldBe("Hello Hono");
        hello.Headers.GetValues("x-served-by").ShouldBe(["hono"]);
        using var conditional = new HttpRequestMessage(HttpMethod.Get, "/hono") { Headers = { IfNoneMatch = { hello.Headers.ETag! } } };
        using var notModified = await client.SendAsync(conditional, Token);
        notModified.StatusCode.ShouldBe(HttpStatusCode.NotModified);

        (await client.GetStringAsync("/hono/users/ad%20a/posts/12?q=x", Token)).ShouldBe("""{"id":"ad a","post":"12","query":"x"}""");
        using var fromElsewhere = new HttpRequestMessage(HttpMethod.Post, "/hono/api/echo") { Content = JsonContent.Create(new { a = 1 }), Headers = { { "Origin", "https://example.com" } } };
        using var echo = await client.SendAsync(fromElsewhere, Token);
        echo.StatusCode.ShouldBe(HttpStatusCode.Created);
        echo.Headers.GetValues("access-control-allow-origin").ShouldBe(["https://example.com"]);
        (await echo.Content.ReadAsStringAsync(Token)).ShouldBe("""{"a":1}""");

        using var form = new MultipartFormDataContent { { new StringContent("Ada"), "name" }, { new ByteArrayContent("text"u8.ToArray()), "file", "f.txt" } };
        using var formAnswer = await client.PostAsync("/hono/form", form, Token);
        (await formAnswer.Content.ReadAsStringAsync(Token)).ShouldBe("""{"name":"Ada","file":"f.txt","text":"text"}""");

        using var missing = await client.GetAsync("/hono/nowhere", Token);
        (await missing.Content.ReadAsStringAsync(Token)).ShouldBe("nothing here");
        missing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var broken = await client.GetAsync("/hono/broken", Token);
        (await broken.Content.ReadAsStringAsync(Token)).ShouldBe("caught boom");
    }

    [Theory, MemberData(nameof(Isolations))]
    public async Task Hono_JwtMiddleware_LetsItsTokenInAndNoOther(JsIsolation isolation)
    {
        var client = servers[isolation];
        var token = await client.GetStringAsync("/hono/token", Token);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/hono/private/me") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using var allowed = await client.SendAsync(request, Token);
        (await allowed.Content.ReadAsStringAsync(Token)).ShouldBe("""{"sub":"ada"}""");

        using var forged = new HttpRequestMessage(HttpMethod.Get, "/hono/private/me") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token + "x") } };
        using var refused = await client.SendAsync(forged, Token);
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory, MemberData(nameof(Isolations))]
    public async Task Hono_ServerSentEvents_ArriveWhole(JsIsolation isolation)
    {
        using var response = await servers[isolation].GetAsync("/hono/events", Token);

        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        (await response.Content.ReadAsStringAsync(Token)).ShouldBe(string.Concat(Enumerable.Range(1, 3).Select(id => $"event: tick\ndata: number {id}\nid: {id}\n\n")));
    }

    [Theory, MemberData(nameof(Isolations))]
    public async Task IttyRouter_RoutesAndFails(JsIsolation isolation)
    {
        var client = servers[isolation];

        (await client.GetStringAsync("/itty-router", Token)).ShouldBe("\"Hello itty\"");
        (await client.GetStringAsync("/itty-router/users/7", Token)).ShouldBe("""{"id":"7"}""");
        using var sum = await client.PostAsJsonAsync("/itty-router/sum", new { numbers = new[] { 1, 2, 3 } }, Token);
        (await sum.Content.ReadAsStringAsync(Token)).ShouldBe("""{"sum":6}""");
        using var secret = await client.GetAsync("/itty-router/secret", Token);
        secret.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var nothing = await client.GetAsync("/itty-router/a/b", Token);
        nothing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, MemberData(nameof(Isolations))]
    public async Task React_RendersToAStream_WithSuspense(JsIsolation isolation)
    {
        var html = await servers[isolation].GetStringAsync("/react?name=Ada", Token);

        html.ShouldStartWith("<!DOCTYPE html><html lang=\"en\">");
        html.ShouldContain("<h1>&lt;Ada&gt;</h1>");
        html.ShouldContain("<p>waiting</p>");
        html.ShouldContain("<em>late for Ada</em>");
    }

    [Theory, MemberData(nameof(Isolations))]
    public async Task Preact_RendersToAString(JsIsolation isolation)
        => (await servers[isolation].GetStringAsync("/preact?item=b&item=a%26", Token)).ShouldBe("<ul class=\"dark\" data-open=\"true\"><li>a&amp;</li><li>b</li></ul>");

    [Theory, MemberData(nameof(Isolations))]
    public async Task Zod_ParsesAndExplains(JsIsolation isolation)
    {
        var client = servers[isolation];
        var order = new
        {
            id = "7f9c24e8-3b12-4fef-91e0-6a1b2c3d4e5f",
            email = "ada@example.com",
            lines = new object[] { new { sku = "abc" }, new { sku = "def", count = 4 } },
            placed = "2024-05-06T07:08:09Z",
            payment = new { kind = "card", last4 = "1234" },
        };

        using var good = await client.PostAsJsonAsync("/zod", order, Token);
        (await good.Content.ReadAsStringAsync(Token)).ShouldBe("""{"total":5,"year":2024}""");

        using var bad = await client.PostAsJsonAsync("/zod", new { id = "x", email = "ada", lines = Array.Empty<int>(), placed = "yesterday", payment = new { kind = "cash" } }, Token);
        bad.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var errors = JsonNode.Parse(await bad.Content.ReadAsStringAsync(Token))!["fieldErrors"]!.AsObject();
        errors.Select(e => e.Key).ShouldBe(["id", "email", "lines", "placed", "payment"]);
    }

    [Theory]
    [InlineData(JsIsolation.PerRequest, "ES256")]
    [InlineData(JsIsolation.PerRequest, "RS256")]
    [InlineData(JsIsolation.Shared, "PS384")]
    [InlineData(JsIsolation.Shared, "EdDSA")]
    [InlineData(JsIsolation.Shared, "ES512")]
    public async Task Jose_SignsAndVerifies(JsIsolation isolation, string algorithm)
        => (await servers[isolation].GetStringAsync($"/jose?alg={algorithm}", Token)).ShouldBe("""{"role":"admin","refusal":"JWSSignatureVerificationFailed","length":true}""");

    [Theory, MemberData(nameof(Isolations))]
    public async Task Jose_SecretsAndEncryption(JsIsolation isolation)
        => (await servers[isolation].GetStringAsync("/jose", Token)).ShouldBe("""{"shared":"expired","encrypted":"for your eyes only"}""");

    [Theory, MemberData(nameof(Isolations))]
    public async Task Marked_RendersMarkdown(JsIsolation isolation)
    {
        using var answer = await servers[isolation].PostAsync("/marked", new StringContent("# Title\n\n* one\n* **two** `x < y`\n\n|a|b|\n|-|-|\n|1|2|\n"), Token);
        var html = await answer.Content.ReadAsStringAsync(Token);

        html.ShouldStartWith("<h1>Title</h1>\n<ul>\n<li>one</li>\n<li><strong>two</strong> <code>x &lt; y</code></li>\n</ul>\n<table>");
        html.ShouldContain("<td>2</td>");
    }

    [Theory, MemberData(nameof(Isolations))]
    public async Task DateFns_Computes(JsIsolation isolation)
        => (await servers[isolation].GetStringAsync("/date-fns", Token)).ShouldBe("""{"end":"2024-02-29","days":29,"each":30,"duration":{"months":1},"german":"Donnerstag, 29. Februar 2024"}""");

    [Theory, MemberData(nameof(Isolations))]
    public async Task LodashEs_Computes(JsIsolation isolation)
    {
        var people = new[] { new { name = "Ada", team = "x", age = 36 }, new { name = "Bob", team = "y", age = 20 }, new { name = "Cy", team = "x", age = 40 } };

        using var answer = await servers[isolation].PostAsJsonAsync("/lodash-es", people, Token);

        (await answer.Content.ReadAsStringAsync(Token)).ShouldBe("""{"teams":{"x":["Cy","Ada"],"y":["Bob"]},"mean":32,"untouched":true,"chunks":[[0,1,2],[3,4,5],[6]],"template":"some-words-here"}""");
    }

    [Theory, MemberData(nameof(Isolations))]
    public async Task GraphQl_QueriesMutatesAndFails(JsIsolation isolation)
    {
        (await Ask("{ book(id: \"1\") { title author { name books { title } } } }"))
            .ShouldBe("""{"data":{"book":{"title":"Emma","author":{"name":"Jane Austen","books":[{"title":"Emma"},{"title":"Persuasion"}]}}}}""");
        (await Ask("mutation Rename($id: ID!) { rename(id: $id, title: \"Sanditon\") { title } }", new { id = "2" })).ShouldBe("""{"data":{"rename":{"title":"Sanditon"}}}""");
        (await Ask("mutation { rename(id: 9, title: \"x\") { title } }")).ShouldContain("There is no book 9.");
        (await Ask("{ book(id: 1) { pages } }")).ShouldContain("Cannot query field");

        async Task<string> Ask(string query, object? variables = null)
        {
            using var answer = await servers[isolation].PostAsJsonAsync("/graphql", new { query, variables }, Token);
            return await answer.Content.ReadAsStringAsync(Token);
        }
    }

    [Theory, MemberData(nameof(Isolations))]
    public async Task Supabase_TalksToItsService(JsIsolation isolation)
    {
        using var answer = await servers[isolation].GetAsync("/supabase", Token);
        JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!.ToJsonString().ShouldBe(
            JsonNode.Parse("""
                {
                  "inserted": { "title": "write tests", "done": false, "id": 3 },
                  "open": [{ "id": 1, "title": "id,title|eq.false|id.asc|10" }],
                  "missing": "there is no such table",
                  "file": "hello from the storage"
                }
                """)!.ToJsonString());
    }

    [Theory, MemberData(nameof(Isolations))]
    public async Task WebAssembly_ComputesTrapsAndStreams(JsIsolation isolation)
        => (await servers[isolation].GetStringAsync("/webassembly", Token)).ShouldBe("""{"sync":42,"async":3,"streamed":7,"memory":65536,"trap":true,"invalid":false}""");
}
