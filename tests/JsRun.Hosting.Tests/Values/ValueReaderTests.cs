using System.Numerics;
using JsRun.Values;

namespace JsRun.Hosting.Tests.Values;

/// <summary>The host counts what crosses by itself: it does not rely on the kernel having done so.</summary>
public sealed class ValueReaderTests
{
    [Theory]
    [InlineData("b12;", 20)]
    [InlineData("b9223372036854775807;", 20)]
    [InlineData("b9223372036854775808;", 19)]
    [InlineData("b-340282366920938463463374607431768211456;", 40)]
    public void Read_BigInt_CostsAsMuchAsItsDigits(string text, int cost)
    {
        Read(text, cost).ShouldBe(BigInteger.Parse(text[1..^1], System.Globalization.CultureInfo.InvariantCulture));
        Should.Throw<JsConversionException>(() => Read(text, cost - 1)).Message.ShouldContain($"Size ({cost} bytes) exceeded maximum limit of {cost - 1} bytes");
    }

    [Theory]
    [InlineData(-62135596800000, true)]
    [InlineData(-62135596800001, false)]
    [InlineData(253402300799999, true)]
    [InlineData(253402300800000, false)]
    public void Read_DateAtTheEdge_IsOfTheYears1To9999(long milliseconds, bool allowed)
    {
        if (allowed)
        {
            Read($"D{milliseconds};", 1000).ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
        }
        else
        {
            Should.Throw<JsConversionException>(() => Read($"D{milliseconds};", 1000)).Message.ShouldContain("out of range");
        }
    }

    private static object? Read(string text, long bytes) => ValueReader.Read(text, [], new ValueLimits(10, bytes), new FakeReferences());
}
