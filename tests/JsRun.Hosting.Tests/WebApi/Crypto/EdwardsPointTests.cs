using JsRun.WebApi.Crypto;

namespace JsRun.Hosting.Tests.WebApi.Crypto;

public sealed class EdwardsPointTests
{
    // RFC 8032, 7.1, test 2.
    private static readonly byte[] PublicKey = Convert.FromHexString("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    private static readonly byte[] Signature = Convert.FromHexString("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");

    [Fact]
    public void Verify_KnownSignature_IsTrue() => EdwardsPoint.Verify(Signature, PublicKey, [0x72]).ShouldBeTrue();

    [Fact]
    public void Verify_AnotherMessage_IsFalse() => EdwardsPoint.Verify(Signature, PublicKey, [0x73]).ShouldBeFalse();

    [Fact]
    public void Verify_NeutralPointAsKey_IsFalse()
    {
        // S = 0 and R = A = the neutral point fulfil the equation for every message.
        var neutral = new byte[32];
        neutral[0] = 1;

        EdwardsPoint.Verify([.. neutral, .. new byte[32]], neutral, [0x72]).ShouldBeFalse();
    }
}
