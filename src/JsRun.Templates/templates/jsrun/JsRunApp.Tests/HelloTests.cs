using JsRun.Testing;
using Microsoft.AspNetCore.Mvc.Testing;

namespace JsRunApp.Tests;

public sealed class HelloTests : IDisposable
{
    private readonly JsFunctionTest _test = new();
    private readonly WebApplicationFactory<Program> _factory = new();

    [Fact]
    public async Task Hello_Name_Greets()
    {
        _test.Env["GREETING"] = "Hi";
        await using var app = _factory.With(_test);
        using var client = app.CreateClient();

        var answer = await client.GetStringAsync("/hello/Ada", TestContext.Current.CancellationToken);

        Assert.Equal("""{"message":"Hi, Ada!"}""", answer);
        _test.Console.ShouldContain("saying hello to Ada");
    }

    public void Dispose()
    {
        _factory.Dispose();
        _test.Dispose();
    }
}
