using JsRun.AspNetCore.Bridge;
using Microsoft.AspNetCore.Http;

namespace JsRun.AspNetCore.Tests.Bridge;

public class ResponseHeaderFrameTests
{
    private readonly HeaderDictionary _headers = [];

    [Fact]
    public void Apply_SetCookie_IsRepeatedAndAddsToTheApplicationsOwn()
    {
        _headers["set-cookie"] = "own=1";

        ResponseHeaderFrame.Apply("set-cookie\na=1\nx-a\nb\nset-cookie\nb=2\n", _headers, out _);

        _headers["set-cookie"].ToArray().ShouldBe(["own=1", "a=1", "b=2"]);
        _headers["x-a"].ToArray().ShouldBe(["b"]);
    }

    [Theory]
    [InlineData("connection\nclose\n")]
    [InlineData("keep-alive\ntimeout=5\n")]
    [InlineData("transfer-encoding\nchunked\n")]
    [InlineData("upgrade\nh2c\n")]
    [InlineData("connection\nx-private\nx-private\n1\n")]
    [InlineData("content-length\n5\n")]
    public void Apply_HeaderOfTheConnection_IsLeftOut(string frame)
    {
        ResponseHeaderFrame.Apply(frame, _headers, out _);

        _headers.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("12", 12L)]
    [InlineData("0", 0L)]
    [InlineData("-1", null)]
    [InlineData("1e3", null)]
    [InlineData("", null)]
    public void Apply_ContentLength_IsReadWhereItIsANumber(string value, long? expected)
    {
        ResponseHeaderFrame.Apply($"content-length\n{value}\n", _headers, out var length);

        length.ShouldBe(expected);
    }

    [Theory]
    [InlineData("x-a\nb\rForged: 1\n")]
    [InlineData("x-a\nb\0\n")]
    [InlineData("x-a\n\x7f\n")]
    [InlineData("x a\nb\n")]
    [InlineData("x:a\nb\n")]
    [InlineData("\nb\n")]
    [InlineData("x-ü\nb\n")]
    [InlineData("x-a\n")]
    [InlineData("x-a\nb")]
    [InlineData("x-a")]
    [InlineData("x-ok\n1\nx-a\r\nb\n")]
    public void Apply_FrameThatWouldForge_IsRefusedAsAWhole(string frame)
    {
        Should.Throw<InvalidResponseException>(() => ResponseHeaderFrame.Apply(frame, _headers, out _));

        _headers.ShouldBeEmpty();
    }

    [Fact]
    public void Apply_EmptyFrame_DoesNothing()
    {
        ResponseHeaderFrame.Apply("", _headers, out var length);

        length.ShouldBeNull();
        _headers.ShouldBeEmpty();
    }

    [Fact]
    public void Apply_TabAndLatin1_AreAllowed()
    {
        ResponseHeaderFrame.Apply("x-a\na\tb é\n", _headers, out _);

        _headers["x-a"].ToString().ShouldBe("a\tb é");
    }

    [Fact]
    public void Apply_ManyCookies_TakeLinearTime()
    {
        const int Count = 300_000;
        var frame = string.Concat(Enumerable.Range(0, Count).Select(n => $"set-cookie\na={n}\n"));

        // One by one, each would be copied for every one that follows: hours.
        ResponseHeaderFrame.Apply(frame, _headers, out _);

        var cookies = _headers["set-cookie"].ToArray();
        cookies.Length.ShouldBe(Count);
        cookies[^1].ShouldBe($"a={Count - 1}");
    }

    [Fact]
    public void Apply_ConnectionThatNamesThousands_TakesLinearTime()
    {
        var names = Enumerable.Range(0, 100_000).Select(n => $"y-{n}").ToArray();
        var frame = $"connection\n{string.Join(',', names)}\nx-kept\n2\n{string.Concat(names.Select(n => $"{n}\n1\n"))}";

        ResponseHeaderFrame.Apply(frame, _headers, out _);

        _headers.ShouldHaveSingleItem().Key.ShouldBe("x-kept");
    }
}
