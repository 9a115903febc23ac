using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace JsRun.Images;

/// <summary>Names by content.</summary>
internal static class ImageHash
{
    /// <summary>SHA-256 of the texts, each with its length, in hexadecimal digits.</summary>
    public static string Of(IEnumerable<string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts)
        {
            hash.AppendData(BitConverter.GetBytes(text.Length));
            hash.AppendData(MemoryMarshal.AsBytes(text.AsSpan()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
