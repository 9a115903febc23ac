using JsRun.AspNetCore.Bridge;

namespace JsRun.AspNetCore.Tests.Bridge;

public sealed class ReasonPhraseTests
{
    [Theory]
    [InlineData("Gone Fishing")]
    [InlineData("a\tb ~!")]
    public void CanSend_TabsSpacesAndVisibleCharacters_AreSent(string text) => ReasonPhrase.CanSend(text).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("a\r\nx-a: 1")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("a\u007fb")]
    [InlineData("caf\u00e9")]
    [InlineData("\u010aset")]
    public void CanSend_AnythingElse_IsNot(string text) => ReasonPhrase.CanSend(text).ShouldBeFalse();

    [Fact]
    public void CanSend_Length_IsLimited()
    {
        ReasonPhrase.CanSend(new string('a', ReasonPhrase.MaxLength)).ShouldBeTrue();
        ReasonPhrase.CanSend(new string('a', ReasonPhrase.MaxLength + 1)).ShouldBeFalse();
    }
}
