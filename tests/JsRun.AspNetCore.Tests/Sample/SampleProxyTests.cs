using JsRun.AspNetCore.Tests.Kestrel;

namespace JsRun.AspNetCore.Tests.Sample;

/// <summary>The sample's proxy calls its own server, so there must be one that listens.</summary>
[Collection(KestrelCollection.Name)]
public class SampleProxyTests
{
    [Fact]
    public async Task Proxy_Get_PassesTheUpstreamsAnswerOn()
    {
        await using var factory = new SampleFactory();
        factory.UseKestrel(0);
        await factory.InitializeAsync();
        using var client = factory.CreateClient();

        using var response = await client.GetAsync("/proxy", TestContext.Current.CancellationToken);

        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("\"tea\"");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        response.Headers.GetValues("server-timing").Single().ShouldStartWith("upstream;dur=");
    }
}
