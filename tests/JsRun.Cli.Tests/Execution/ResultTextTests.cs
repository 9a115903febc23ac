using JsRun.Cli.Execution;
using JsRun.Values;

namespace JsRun.Cli.Tests.Execution;

public sealed class ResultTextTests
{
    [Theory]
    [InlineData(nameof(JsResultKind.Undefined), "", null)]
    [InlineData(nameof(JsResultKind.Null), "null", "null")]
    [InlineData(nameof(JsResultKind.Boolean), "true", "true")]
    [InlineData(nameof(JsResultKind.Number), "1.5", "1.5")]
    [InlineData(nameof(JsResultKind.BigInt), "12", "12n")]
    [InlineData(nameof(JsResultKind.String), "a \"b\"", "a \"b\"")]
    [InlineData(nameof(JsResultKind.String), "", "")]
    [InlineData(nameof(JsResultKind.Json), "{\"a\":1}", "{\"a\":1}")]
    public void Of_Kind_IsPrintedAsFixed(string kind, string text, string? expected) => ResultText.Of(new(Enum.Parse<JsResultKind>(kind), text)).ShouldBe(expected);
}
