using System.Buffers;

namespace JsRun.AspNetCore.Bridge;

/// <summary>The text after the status code, which only HTTP/1.1 has.</summary>
internal static class ReasonPhrase
{
    /// <summary>Clients have limits for the first line, which is part of the head.</summary>
    public const int MaxLength = 512;

    // RFC 9112, section 4: tabs, spaces and visible characters. Servers write ASCII, and check nothing.
    private static readonly SearchValues<char> Allowed = SearchValues.Create("\t" + string.Concat(Enumerable.Range(' ', '~' - ' ' + 1).Select(static c => (char)c)));

    /// <summary>Whether a script's text can be sent; if it cannot, or is empty, the server sends its own.</summary>
    public static bool CanSend(string text) => text.Length is > 0 and <= MaxLength && !text.AsSpan().ContainsAnyExcept(Allowed);
}
