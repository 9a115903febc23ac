using System.Security.Cryptography;
using JsRun.WebApi.Crypto;

namespace JsRun.Hosting.Tests.WebApi.Crypto;

public sealed class KeyDerivationTests
{
    [Theory]
    [InlineData((int)CryptoHash.Sha1, 1, 20)]
    [InlineData((int)CryptoHash.Sha256, 2, 33)]
    [InlineData((int)CryptoHash.Sha512, 1000, 200)]
    public void Pbkdf2_StepByStep_IsThatOfThePlatform(int hash, int iterations, int size)
    {
        var name = Hashing.NameOf((CryptoHash)hash);

        KeyDerivation.Pbkdf2("password"u8.ToArray(), "salt"u8, iterations, (CryptoHash)hash, size, () => { })
            .ShouldBe(Rfc2898DeriveBytes.Pbkdf2("password"u8, "salt"u8, iterations, name, size));
    }

    [Fact]
    public void Pbkdf2_Cancelled_Stops() =>
        Should.Throw<OperationCanceledException>(() => KeyDerivation.Pbkdf2([1], [2], long.MaxValue, CryptoHash.Sha256, 32, () => throw new OperationCanceledException()));
}
