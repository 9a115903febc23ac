using JsRun.Cli.Serving;

namespace JsRun.Cli.Tests.Serving;

public sealed class BrowserTests
{
    [Theory]
    [InlineData(null, "http://a/", true, "")]
    [InlineData("", "http://a/", true, "")]
    [InlineData("firefox", "firefox", false, "http://a/")]
    public void Command_Browser_IsTheOneOfTheEnvironment(string? browser, string file, bool byShell, string arguments)
    {
        var command = Browser.Command("http://a/", browser);

        (command.FileName, command.UseShellExecute, string.Join(' ', command.ArgumentList)).ShouldBe((file, byShell, arguments));
    }

    [Theory]
    [InlineData("http://127.0.0.1:5000", "http://127.0.0.1:5000/_jsrun")]
    [InlineData("http://[::]:5000", "http://localhost:5000/_jsrun")]
    [InlineData("https://0.0.0.0:5001", "https://localhost:5001/_jsrun")]
    public void StatusPage_Address_CanBeOpened(string url, string expected) => ServedFunctions.StatusPage(url).ShouldBe(expected);
}
