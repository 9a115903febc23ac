using Microsoft.AspNetCore.Http;

namespace JsRun.AspNetCore.Bridge;

/// <summary>The headers of a request as they cross: <c>name LF value LF</c>, values as byte strings, without what concerns the connection alone.</summary>
internal static class RequestHeaderFrame
{
    public static string Create(IHeaderDictionary headers, HeaderEncoding encoding)
    {
        var buffer = new TextBuffer(stackalloc char[1024]);
        var connection = new HopByHop(headers.Connection);
        foreach (var (name, values) in headers)
        {
            if (name.Length == 0 || name[0] == ':' || connection.Contains(name))
            {
                continue;
            }

            foreach (var value in values)
            {
                buffer.Append(name);
                buffer.Append('\n');
                AppendValue(ref buffer, encoding.ToByteString(name, value ?? ""));
                buffer.Append('\n');
            }
        }

        var text = buffer.ToString();
        buffer.Dispose();
        return text;
    }

    private static void AppendValue(ref TextBuffer buffer, ReadOnlySpan<char> value)
    {
        var start = buffer.Length;
        buffer.Append(value);
        // Servers refuse these; middleware and test servers may not, and one would shift the whole frame.
        if (value.ContainsAny('\n', '\r', '\0'))
        {
            var written = buffer.Written[start..];
            written.ReplaceAny(BreakingChars, ' ');
        }
    }

    private static readonly System.Buffers.SearchValues<char> BreakingChars = System.Buffers.SearchValues.Create("\n\r\0");
}
