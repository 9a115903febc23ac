using System.Text;

namespace JsRun.Modules.Resolution;

/// <summary>URLs of modules: <c>file:///</c> and the path under the root, percent-encoded where a URL needs it.</summary>
internal static class ModuleUrl
{
    public const string Prefix = "file:///";

    private const string Plain = "-._~!$&'()*+,;=:@/[]";

    public static string FromPath(string path)
    {
        var url = new StringBuilder(Prefix, Prefix.Length + path.Length);
        foreach (var rune in path.EnumerateRunes())
        {
            if (rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || Plain.Contains((char)rune.Value, StringComparison.Ordinal)))
            {
                url.Append((char)rune.Value);
            }
            else
            {
                AppendEncoded(url, rune);
            }
        }

        return url.ToString();
    }

    /// <summary>For messages: the path of a file, any other URL as it is.</summary>
    public static string Show(string url) => url.StartsWith(Prefix, StringComparison.Ordinal) ? ToPath(url) : url;

    /// <summary>The path under the root.</summary>
    public static string ToPath(string url) => Uri.UnescapeDataString(url[Prefix.Length..]);

    private static void AppendEncoded(StringBuilder url, Rune rune)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (var unit in bytes[..rune.EncodeToUtf8(bytes)])
        {
            url.Append('%').Append(unit.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
