namespace JsRun.Hosting.Tests.WebApi;

/// <summary>What only the product's own V8 shows of <c>DOMException</c>.</summary>
public sealed class DomExceptionTests(SharedFunctionApp shared) : IClassFixture<SharedFunctionApp>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("new DOMException('what', 'NotFoundError')", "NotFoundError: what")]
    [InlineData("new QuotaExceededError('what')", "QuotaExceededError: what")]
    [InlineData("new (class Mine extends DOMException {})('what', 'Mine')", "Mine: what")]
    [InlineData("AbortSignal.abort().reason", "AbortError: ")]
    public async Task Stack_BeginsWithNameAndMessage_WhichAreNoPropertiesOfItsOwn(string make, string expected)
    {
        await using var runtime = await shared.App.Host.Runtimes.CreateAsync(new JsRuntimeOptions(), Token);

        var lines = (await runtime.EvaluateAsync<string>($"const error = {make}; `${{error.stack}}\n${{Object.getOwnPropertyNames(error)}}`", Token)).ShouldNotBeNull().Split('\n');

        lines[0].ShouldStartWith(expected);
        lines[1].ShouldStartWith("    at ");
        lines[1].ShouldNotContain("new DOMException");
        lines[^1].ShouldBe("stack");
    }
}
