using JsRun.AspNetCore.Problems;

namespace JsRun.AspNetCore.Tests.Problems;

public class ScriptPositionTests
{
    [Theory]
    [InlineData("Error: x\n    at f (file:///users/[id].ts:3:9)\n    at file:///a.ts:1:1", "file:///users/[id].ts:3:9")]
    [InlineData("Error: x\n    at file:///a.ts:1:2", "file:///a.ts:1:2")]
    [InlineData("Error: x\n    at async file:///a.ts:1:2", "file:///a.ts:1:2")]
    [InlineData("Error: at x\n    at new Foo (native)\n    at Object.fetch (file:///a.ts:7:3)", "file:///a.ts:7:3")]
    [InlineData("Error: x", "")]
    [InlineData("", "")]
    public void Of_Stack_GivesTheFirstPosition(string stack, string position)
        => ScriptPosition.Of(new JavaScriptException("x") { JsStack = stack }).ShouldBe(position);

    [Fact]
    public void Of_OtherError_GivesNone() => ScriptPosition.Of(new JsTimeoutException("x")).ShouldBe("");
}
