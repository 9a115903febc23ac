using JsRun.Bridge;
using Microsoft.AspNetCore.Http;

namespace JsRun.AspNetCore.Tests.Bridge;

public class RequestHeaderFrameTests
{
    [Fact]
    public void Create_Headers_AreFlatAndRepeated()
    {
        var headers = new HeaderDictionary { ["Accept"] = "text/plain", ["X-Two"] = new(["1", "2"]) };

        RequestHeaderFrame.Create(headers).ShouldBe("Accept\ntext/plain\nX-Two\n1\nX-Two\n2\n");
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
        => RequestHeaderFrame.Create(new HeaderDictionary { [name] = "x", ["A"] = "b" }).ShouldBe("A\nb\n");

    [Theory]
    [InlineData("close, X-Private", "x-private")]
    [InlineData("X-PRIVATE", "X-Private")]
    [InlineData("a,  x-private ,b", "X-Private")]
    public void Create_HeaderNamedByConnection_IsLeftOut(string connection, string name)
        => RequestHeaderFrame.Create(new HeaderDictionary { ["Connection"] = connection, [name] = "x", ["C"] = "d" }).ShouldBe("C\nd\n");

    [Fact]
    public void Create_ConnectionThatNamesHost_KeepsHost()
        => RequestHeaderFrame.Create(new HeaderDictionary { ["Connection"] = "host", ["Host"] = "h" }).ShouldBe("Host\nh\n");

    [Fact]
    public void Create_LineBreakInValue_ShiftsNothing()
        => RequestHeaderFrame.Create(new HeaderDictionary { ["A"] = "b\nForged\r\nx\0" }).ShouldBe("A\nb Forged  x \n");

    [Fact]
    public void Create_MoreThanTheBuffer_IsWhole()
    {
        var value = new string('x', 5000);

        RequestHeaderFrame.Create(new HeaderDictionary { ["A"] = value, ["B"] = value }).ShouldBe($"A\n{value}\nB\n{value}\n");
    }
}
