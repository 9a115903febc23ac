using JsRun.WebApi.Crypto;

namespace JsRun.Hosting.Tests.WebApi.Crypto;

public sealed class AesCounterTests
{
    private static readonly byte[] Key = new byte[16];

    [Fact]
    public void Transform_CounterComesToItsEnd_WrapsWithinItsBits()
    {
        // Two blocks with a counter of one bit: the second block's counter is the first one's with the last bit turned, the others as they were.
        var high = Enumerable.Repeat((byte)0xff, 16).ToArray();
        var low = high.ToArray();
        low[15] = 0xfe;

        var two = AesCounter.Transform(Key, high, 1, new byte[32]);

        two[..16].ShouldBe(AesCounter.Transform(Key, high, 128, new byte[16]));
        two[16..].ShouldBe(AesCounter.Transform(Key, low, 128, new byte[16]));
    }

    [Fact]
    public void Transform_CounterOverSeveralBytes_CarriesOver()
    {
        var counter = new byte[16];
        counter[15] = 0xff;
        counter[14] = 0x0f;
        var next = new byte[16];
        next[14] = 0x00;

        // Twelve bits: 0xfff is followed by 0x000.
        AesCounter.Transform(Key, counter, 12, new byte[32])[16..].ShouldBe(AesCounter.Transform(Key, next, 128, new byte[16]));
    }

    [Theory]
    [InlineData(1, 33)]
    [InlineData(2, 65)]
    public void Transform_MoreBlocksThanCounters_Fails(int bits, int size) =>
        Should.Throw<CryptoException>(() => AesCounter.Transform(Key, new byte[16], bits, new byte[size])).Name.ShouldBe("OperationError");
}
