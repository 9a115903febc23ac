using System.Security.Cryptography;
using Org.BouncyCastle.Security;

namespace JsRun.WebApi.Crypto;

/// <summary>The platform's random numbers for Bouncy Castle. Long searches ask for them again and again, which is where they can be cancelled.</summary>
internal sealed class PlatformRandom(CancellationToken cancellationToken) : SecureRandom(null)
{
    public override void NextBytes(byte[] buf) => NextBytes(buf.AsSpan());

    public override void NextBytes(byte[] buf, int off, int len) => NextBytes(buf.AsSpan(off, len));

    public override void NextBytes(Span<byte> buffer)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RandomNumberGenerator.Fill(buffer);
    }
}
