namespace JsRun.Hosting.Tests.Images;

/// <summary>Functions whose contexts are restored from their group's image.</summary>
public sealed class HeapFunctionTests
{
    [Fact]
    public async Task Request_OfAnImagedFunction_GoesOnWhereItsTopLevelEnded()
    {
        await using var app = await HeapApp.StartAsync();
        var function = await app.HandleAsync("return new Response(`${++count} ${new URL(request.url).pathname}`);", "let count = 41;");
        for (var i = 0; i < 5; i++)
        {
            (await function.GetAsync("/a")).ShouldBe("42 /a");
        }
    }
}
