namespace JsRun.WebApi.Fetch;

/// <summary>
/// The header <c>CDN-Loop</c> (RFC 8586): each server that passes a request on adds its name, and none takes one away, so that functions that call one another for ever are
/// found out. Scripts cannot set it.
/// </summary>
internal static class FetchLoop
{
    public const string Header = "CDN-Loop";

    private const string Name = "jsrun";

    /// <summary>The value out of flat headers, or nothing.</summary>
    public static string Of(string flat)
    {
        var value = "";
        var lines = flat.AsSpan().Split('\n');
        while (lines.MoveNext())
        {
            var name = flat.AsSpan(lines.Current);
            if (!lines.MoveNext())
            {
                break;
            }

            if (name.Equals(Header, StringComparison.OrdinalIgnoreCase))
            {
                value = value.Length == 0 ? flat[lines.Current] : $"{value}, {flat[lines.Current]}";
            }
        }

        return value;
    }

    public static string Add(string value) => value.Length == 0 ? Name : $"{value}, {Name}";

    /// <summary>Counts the entries of this kind of server.</summary>
    public static int Depth(string value)
    {
        var depth = 0;
        foreach (var range in value.AsSpan().Split(','))
        {
            var member = value.AsSpan(range);
            var parameters = member.IndexOf(';');
            if ((parameters < 0 ? member : member[..parameters]).Trim().Equals(Name, StringComparison.OrdinalIgnoreCase))
            {
                depth++;
            }
        }

        return depth;
    }
}
