using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace JsRun.Modules.Resolution;

/// <summary>URLs of modules by the rules of the URL standard, as far as modules need them: absolute ones, and paths against a base.</summary>
internal static partial class SpecifierUrl
{
    private const string PathEscaped = " \"#<>?^`{}";
    private const string QueryEscaped = " \"#<>";
    private const string SpecialQueryEscaped = " \"#<>'";
    private const string FragmentEscaped = " \"<>`";

    /// <summary>Returns whether a specifier is a path (<c>/</c>, <c>./</c>, <c>../</c>), which is resolved against a base.</summary>
    public static bool IsPath(string specifier) =>
        specifier.StartsWith('/') || specifier.StartsWith("./", StringComparison.Ordinal) || specifier.StartsWith("../", StringComparison.Ordinal);

    /// <summary>The URL that a specifier is, or stands for relative to a base; <see langword="null"/> for bare specifiers, and where the base has no paths.</summary>
    /// <param name="specifier">The specifier.</param>
    /// <param name="baseUrl">The URL of the importing module; empty if there is none.</param>
    public static string? Resolve(string specifier, string? baseUrl)
    {
        if (!IsPath(specifier))
        {
            return Parse(specifier);
        }

        if (baseUrl is null || Scheme().Match(baseUrl) is not { Success: true } scheme)
        {
            return null;
        }

        var name = scheme.Groups[1].Value;
        var isSpecial = IsSpecial(name);
        var text = Clean(specifier);
        if (text.StartsWith("//", StringComparison.Ordinal) || (isSpecial && text.StartsWith("/\\", StringComparison.Ordinal)))
        {
            return Parse($"{name}:{text}");
        }

        var authority = Authority(baseUrl, scheme.Length);
        if (authority is null)
        {
            return null;
        }

        var start = scheme.Length + 2 + authority.Length;
        var basePath = baseUrl[start..EndOfPath(baseUrl, start)];
        var folder = text.StartsWith('/') ? "" : basePath[..(basePath.LastIndexOf('/') + 1)];
        return $"{name}://{authority}{Tail(folder + text, isSpecial)}";
    }

    private static string? Parse(string specifier)
    {
        var text = Clean(specifier);
        if (Scheme().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var scheme = match.Groups[1].Value.ToLowerInvariant();
        var rest = text[match.Length..];
        var isSpecial = IsSpecial(scheme);
        if (isSpecial)
        {
            // A special URL has an authority however many slashes there are; a file has an empty one unless there are two.
            var slashes = rest.TakeWhile(static c => c is '/' or '\\').Count();
            rest = (scheme == "file" && slashes != 2 ? "///" : "//") + rest[slashes..];
        }

        if (!rest.StartsWith("//", StringComparison.Ordinal))
        {
            return $"{scheme}:{Escape(rest, "")}";
        }

        var end = EndOfAuthority(rest, 2, isSpecial);
        var authority = isSpecial ? Host(rest[2..end], scheme) : rest[2..end];
        return authority is null ? null : $"{scheme}://{authority}{Tail(end == rest.Length && isSpecial ? "/" : rest[end..], isSpecial)}";
    }

    /// <summary>Path, query and fragment, normalised.</summary>
    private static string Tail(string text, bool isSpecial)
    {
        var fragmentAt = text.IndexOf('#', StringComparison.Ordinal);
        var fragment = fragmentAt < 0 ? "" : "#" + Escape(text[(fragmentAt + 1)..], FragmentEscaped);
        var rest = fragmentAt < 0 ? text : text[..fragmentAt];
        var queryAt = rest.IndexOf('?', StringComparison.Ordinal);
        var query = queryAt < 0 ? "" : "?" + Escape(rest[(queryAt + 1)..], isSpecial ? SpecialQueryEscaped : QueryEscaped);
        return Path(queryAt < 0 ? rest : rest[..queryAt], isSpecial) + query + fragment;
    }

    private static string Path(string path, bool isSpecial)
    {
        if (path.Length == 0)
        {
            return "";
        }

        var segments = new List<string>();
        var parts = (isSpecial ? path.Replace('\\', '/') : path).Split('/')[(path[0] is '/' or '\\' ? 1 : 0)..];
        for (var i = 0; i < parts.Length; i++)
        {
            var part = parts[i].Replace("%2e", ".", StringComparison.OrdinalIgnoreCase);
            if (part is ".." && segments.Count > 0)
            {
                segments.RemoveAt(segments.Count - 1);
            }

            if (part is not ("." or ".."))
            {
                segments.Add(Escape(parts[i], PathEscaped));
            }
            else if (i == parts.Length - 1)
            {
                segments.Add("");
            }
        }

        return "/" + string.Join('/', segments);
    }

    private static string? Host(string authority, string scheme)
    {
        var at = authority.LastIndexOf('@');
        var host = authority[(at + 1)..].ToLowerInvariant();
        if (host.Length == 0)
        {
            return scheme == "file" ? "" : null;
        }

        try
        {
            host = Ascii.IsValid(host) ? host : new IdnMapping().GetAscii(host);
        }
        catch (ArgumentException)
        {
            return null;
        }

        var port = scheme switch { "http" or "ws" => ":80", "https" or "wss" => ":443", "ftp" => ":21", _ => "" };
        if (port.Length > 0 && host.EndsWith(port, StringComparison.Ordinal))
        {
            host = host[..^port.Length];
        }

        return host.Any(static c => c is ' ' or '<' or '>' or '^' or '|' or '%') ? null : authority[..(at + 1)] + host;
    }

    private static string? Authority(string url, int afterScheme) =>
        url.AsSpan(afterScheme).StartsWith("//") ? url[(afterScheme + 2)..EndOfAuthority(url, afterScheme + 2, isSpecial: false)] : null;

    private static int EndOfAuthority(string text, int start, bool isSpecial)
    {
        var end = text.AsSpan(start).IndexOfAny(isSpecial ? @"/?#\" : "/?#");
        return end < 0 ? text.Length : start + end;
    }

    private static int EndOfPath(string url, int start)
    {
        var end = url.AsSpan(start).IndexOfAny("?#");
        return end < 0 ? url.Length : start + end;
    }

    private static string Clean(string text)
    {
        var trimmed = text.AsSpan().Trim(" \0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\v\f\r\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F").ToString();
        return trimmed.AsSpan().IndexOfAny('\t', '\n', '\r') < 0 ? trimmed : LineBreaks().Replace(trimmed, "");
    }

    private static string Escape(string text, string escaped)
    {
        var result = new StringBuilder(text.Length);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is > 0x1F and < 0x7F && !escaped.Contains((char)rune.Value, StringComparison.Ordinal))
            {
                result.Append((char)rune.Value);
                continue;
            }

            foreach (var unit in bytes[..rune.EncodeToUtf8(bytes)])
            {
                result.Append('%').Append(unit.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return result.ToString();
    }

    /// <summary>Returns whether an import map maps URLs of this kind by their beginning: those of special schemes, and static modules.</summary>
    public static bool IsMappedByPrefix(string url) => url.StartsWith(StaticUrl.Base, StringComparison.Ordinal) || IsSpecial(url[..Math.Max(0, url.IndexOf(':', StringComparison.Ordinal))]);

    private static bool IsSpecial(string scheme) => scheme is "http" or "https" or "ws" or "wss" or "ftp" or "file";

    [GeneratedRegex(@"^([a-zA-Z][a-zA-Z0-9+.\-]*):")]
    private static partial Regex Scheme();

    [GeneratedRegex("[\t\n\r]")]
    private static partial Regex LineBreaks();
}
