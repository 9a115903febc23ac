namespace JsRun.WebApi.Crypto;

/// <summary>An operation failed as the specification foresees: <paramref name="name"/> is the DOMException's.</summary>
internal sealed class CryptoException(string name, string message, Exception? inner = null) : Exception(message, inner)
{
    public string Name { get; } = name;

    public static CryptoException Invalid(string message, Exception? inner = null) => new("DataError", message, inner);

    public static CryptoException Failed(string message, Exception? inner = null) => new("OperationError", message, inner);
}
