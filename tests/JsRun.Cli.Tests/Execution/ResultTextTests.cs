using JsRun.Cli.Execution;

namespace JsRun.Cli.Tests.Execution;

public sealed class ResultTextTests
{
    [Theory]
    [InlineData(JsResultKind.Undefined, "", null)]
    [InlineData(JsResultKind.Null, "null", "null")]
    [InlineData(JsResultKind.Boolean, "true", "true")]
    [InlineData(JsResultKind.Number, "1.5", "1.5")]
    [InlineData(JsResultKind.BigInt, "12", "12n")]
    [InlineData(JsResultKind.String, "a \"b\"", "a \"b\"")]
    [InlineData(JsResultKind.String, "", "")]
    [InlineData(JsResultKind.Json, "{\"a\":1}", "{\"a\":1}")]
    public void Of_Kind_IsPrintedAsFixed(JsResultKind kind, string text, string? expected) => ResultText.Of(new(kind, text)).ShouldBe(expected);
}
