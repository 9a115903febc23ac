namespace JsRun.Engine;

public sealed class ScriptStackTests
{
    [Theory]
    [InlineData("Error: no\n    at f (a.js:1:2)\n    at eval (<anonymous>)\n    at evaluate (jsrun:runtime:14:2)\n    at jsrun:runtime:14:3\n    at enter (jsrun:runtime:1:2)", "Error: no\n    at f (a.js:1:2)")]
    [InlineData("Error: no\n    at eval (<anonymous>)\n    at f (a.js:1:2)", "Error: no\n    at eval (<anonymous>)\n    at f (a.js:1:2)")]
    [InlineData("Error: (jsrun: is a word here)\n    at async jsrun:runtime:1:2", "Error: (jsrun: is a word here)")]
    [InlineData("", "")]
    public void WithoutOwnFrames_Stack_KeepsTheAuthors(string stack, string expected) => ScriptStack.WithoutOwnFrames(stack).ShouldBe(expected);
}
