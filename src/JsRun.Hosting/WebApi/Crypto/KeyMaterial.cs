namespace JsRun.WebApi.Crypto;

/// <summary>What a <c>CryptoKey</c> stands for. It never leaves the host but by <c>exportKey</c> and <c>wrapKey</c>. Used by several threads at once.</summary>
internal abstract class KeyMaterial : IDisposable
{
    /// <summary>The key as a format has it; for a JSON Web Key its members' bytes.</summary>
    public abstract byte[] Export(CryptoKeyFormat format);

    /// <summary>Forgets the key. Operations that still run with it may fail: nobody waits for them any more.</summary>
    public abstract void Dispose();
}
