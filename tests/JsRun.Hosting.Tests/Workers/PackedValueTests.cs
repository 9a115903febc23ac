using System.Runtime.InteropServices;
using JsRun.Values;
using JsRun.Values.Json;
using JsRun.Workers.Brokering;

namespace JsRun.Hosting.Tests.Workers;

public class PackedValueTests
{
    [Fact]
    public void Read_WhatWasPacked_IsTheSame()
    {
        var map = new JsMap { [1L] = "one" };
        var value = new Dictionary<string, object?> { ["text"] = "a\ud800", ["bytes"] = new byte[] { 1, 2 }, ["when"] = DateTimeOffset.UnixEpoch, ["map"] = map, ["none"] = null, ["nothing"] = JsUndefined.Value, ["more"] = new byte[] { 3 } };

        var read = PackedValue.Of(value, ValueLimits.Default, JsonSettings.Default).Read(ValueLimits.Default).ShouldBeOfType<Dictionary<string, object?>>();

        read["text"].ShouldBe("a\ud800");
        read["bytes"].ShouldBe(new byte[] { 1, 2 });
        read["more"].ShouldBe(new byte[] { 3 });
        read["when"].ShouldBe(DateTimeOffset.UnixEpoch);
        read["map"].ShouldBeOfType<JsMap>()[1L].ShouldBe("one");
        read["none"].ShouldBeNull();
        read["nothing"].ShouldBeSameAs(JsUndefined.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("s99:a")]
    [InlineData("[2147483647:i1;")]
    [InlineData("[99999999999:i1;")]
    [InlineData("i;")]
    [InlineData("B0,9;")]
    [InlineData("Ei1;i2;i3;0;}")]
    [InlineData("RF1;")]
    public void Read_WhatNobodyPacked_IsRefused(string text)
    {
        var value = new PackedValue(MemoryMarshal.AsBytes(text.AsSpan()).ToArray(), []);

        Should.Throw<JsConversionException>(() => value.Read(ValueLimits.Default));
    }

    [Fact]
    public void Read_ValueThatIsDeeperThanAnyStack_IsRefused()
    {
        var text = string.Concat(Enumerable.Repeat("[1:", 1_000_000)) + "n";

        Should.Throw<JsConversionException>(() => new PackedValue(MemoryMarshal.AsBytes(text.AsSpan()).ToArray(), []).Read(ValueLimits.Default)).Message.ShouldContain("Depth");
    }

    [Fact]
    public void Read_ValueThatIsAsDeepAsScriptsMaySend_IsRead()
    {
        object? value = 1L;
        for (var i = 0; i < ValueLimits.DefaultDepth; i++)
        {
            value = new List<object?> { value };
        }

        PackedValue.Of(value, ValueLimits.Default, JsonSettings.Default).Read(ValueLimits.Default).ShouldBeOfType<List<object?>>();
    }

    [Fact]
    public void Of_FunctionOrStream_SaysThatItDoesNotCross()
    {
        foreach (var value in (object[])[() => 1, new MemoryStream(), new List<object?> { new MemoryStream() }])
        {
            Should.Throw<JsConversionException>(() => PackedValue.Of(value, ValueLimits.Default, JsonSettings.Default)).Message.ShouldContain("choose InProcess");
        }
    }
}
