namespace JsRun.WebApi.Crypto;

/// <summary>What an operation gives: bytes; and new keys, the bytes being then what describes them (see <see cref="RsaMaterial.Describe"/>).</summary>
internal readonly record struct CryptoResult(byte[] Bytes, KeyMaterial? Key = null, KeyMaterial? PrivateKey = null)
{
    public static CryptoResult Of(KeyMaterial key, KeyMaterial? privateKey = null) => new([], key, privateKey);

    public static CryptoResult Of(bool value) => new([value ? (byte)1 : (byte)0]);
}
