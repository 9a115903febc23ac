using System.Text;
using JsRun.AspNetCore.Bridge;
using Microsoft.AspNetCore.Http;

namespace JsRun.AspNetCore.Tests.Bridge;

public class RequestHeaderFrameTests
{
    [Fact]
    public void Create_Headers_AreFlatAndRepeated()
    {
        var headers = new HeaderDictionary { ["Accept"] = "text/plain", ["X-Two"] = new(["1", "2"]) };

        RequestHeaderFrame.Create(headers, HeaderEncoding.Default).ShouldBe("Accept\ntext/plain\nX-Two\n1\nX-Two\n2\n");
    }

    [Theory]
    [InlineData("Connection")]
    [InlineData("keep-alive")]
    [InlineData("Proxy-Connection")]
    [InlineData("Transfer-Encoding")]
    [InlineData("TE")]
    [InlineData("Trailer")]
    [InlineData("Upgrade")]
    [InlineData("Proxy-Authorization")]
    [InlineData(":method")]
    public void Create_HeaderOfTheConnection_IsLeftOut(string name)
        => RequestHeaderFrame.Create(new HeaderDictionary { [name] = "x", ["A"] = "b" }, HeaderEncoding.Default).ShouldBe("A\nb\n");

    [Theory]
    [InlineData("close, X-Private", "x-private")]
    [InlineData("X-PRIVATE", "X-Private")]
    [InlineData("a,  x-private ,b", "X-Private")]
    public void Create_HeaderNamedByConnection_IsLeftOut(string connection, string name)
        => RequestHeaderFrame.Create(new HeaderDictionary { ["Connection"] = connection, [name] = "x", ["C"] = "d" }, HeaderEncoding.Default).ShouldBe("C\nd\n");

    [Fact]
    public void Create_ConnectionThatNamesHost_KeepsHost()
        => RequestHeaderFrame.Create(new HeaderDictionary { ["Connection"] = "host", ["Host"] = "h" }, HeaderEncoding.Default).ShouldBe("Host\nh\n");

    [Fact]
    public void Create_LineBreakInValue_ShiftsNothing()
        => RequestHeaderFrame.Create(new HeaderDictionary { ["A"] = "b\nForged\r\nx\0" }, HeaderEncoding.Default).ShouldBe("A\nb Forged  x \n");

    [Theory]
    [InlineData('\n')]
    [InlineData('\r')]
    [InlineData('\0')]
    public void Create_CharacterThatNoHeaderMayHave_IsASpace(char character)
        => RequestHeaderFrame.Create(new HeaderDictionary { ["A"] = $"b{character}c" }, HeaderEncoding.Default).ShouldBe("A\nb c\n");

    [Fact]
    public void Create_MoreThanTheBuffer_IsWhole()
    {
        var value = new string('x', 5000);

        RequestHeaderFrame.Create(new HeaderDictionary { ["A"] = value, ["B"] = value }, HeaderEncoding.Default).ShouldBe($"A\n{value}\nB\n{value}\n");
    }

    [Fact]
    public void Create_TextThatTheServerDecodedAsUtf8_IsTheBytesAgain()
        => RequestHeaderFrame.Create(new HeaderDictionary { ["A"] = "caf\u00e9 \u20ac \ud83d\ude00" }, HeaderEncoding.Default).ShouldBe("A\ncaf\u00c3\u00a9 \u00e2\u0082\u00ac \u00f0\u009f\u0098\u0080\n");

    [Fact]
    public void Create_TextThatTheServerDecodedAsLatin1_IsTheBytesAlready()
        => RequestHeaderFrame.Create(new HeaderDictionary { ["A"] = "caf\u00e9" }, new HeaderEncoding(_ => Encoding.Latin1)).ShouldBe("A\ncaf\u00e9\n");

    [Fact]
    public void Create_ConnectionThatNamesThousands_TakesLinearTime()
    {
        var names = Enumerable.Range(0, 100_000).Select(n => $"y-{n}").ToArray();
        var headers = new HeaderDictionary(names.Length + 1) { ["Connection"] = string.Join(',', names) };
        foreach (var name in names)
        {
            headers[name] = "1";
        }

        headers["X-Kept"] = "2";

        // With a look through all names for each header it would take minutes.
        RequestHeaderFrame.Create(headers, HeaderEncoding.Default).ShouldBe("X-Kept\n2\n");
    }
}
