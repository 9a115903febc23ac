using JsRun.Cli.Execution;

namespace JsRun.Cli.Tests.Execution;

public sealed class ErrorTextTests
{
    [Theory]
    [InlineData("TypeError: no", "TypeError: no\n    at eval.js:1:7", "Uncaught TypeError: no\n    at eval.js:1:7")]
    [InlineData("Error: no", "", "Uncaught Error: no")]
    [InlineData("Error: no", "    at eval.js:1:7", "Uncaught Error: no\n    at eval.js:1:7")]
    public void Of_ScriptError_ShowsItsStack(string message, string stack, string expected) =>
        ErrorText.Of(new JavaScriptException(message) { JsStack = stack }).ShouldBe(expected);

    [Fact]
    public void Of_OtherError_ShowsItsMessage() => ErrorText.Of(new JsMemoryLimitException("full")).ShouldBe("Error: full");
}
