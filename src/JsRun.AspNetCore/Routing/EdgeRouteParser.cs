using System.Text;

namespace JsRun.AspNetCore.Routing;

/// <summary>Turns <c>users/[id].ts</c> into <c>/users/{id}</c>.</summary>
internal static class EdgeRouteParser
{
    /// <summary>Extensions of files that look like functions and cannot be any: better named than passed over.</summary>
    public static readonly string[] Unsupported = [".cjs", ".cts", ".mts"];

    /// <summary>Parses a file's path.</summary>
    /// <param name="file">Relative to the folder, with forward slashes.</param>
    /// <exception cref="FormatException">The name is not a route; the message says what to do.</exception>
    public static EdgeRoute Parse(string file)
    {
        if (Array.IndexOf(Unsupported, Path.GetExtension(file)) >= 0)
        {
            throw new FormatException(file.EndsWith(".mts", StringComparison.Ordinal)
                ? $"'{file}' is not served: name it .ts, which is an ES module here."
                : $"'{file}' is not served: it is CommonJS, which is not supported. Write an ES module, or bundle it as one, for example with esbuild --format=esm.");
        }

        var segments = file[..^Path.GetExtension(file).Length].Split('/');
        var count = segments[^1] == "index" ? segments.Length - 1 : segments.Length;
        var template = new StringBuilder();
        var key = new StringBuilder();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < count; i++)
        {
            template.Append('/');
            key.Append('/');
            if (EdgeRouteSegment.CatchAllName(segments[i]) is { } rest)
            {
                if (i != count - 1)
                {
                    throw new FormatException($"'{file}' is not a route: '[...{rest}]' matches the whole rest of the path, so nothing may follow it. Put it last.");
                }

                AddName(names, rest, file);
                template.Append("{**").Append(rest).Append('}');
                key.Append("{**}");
            }
            else
            {
                AppendSegment(segments[i], file, template, key, names);
            }
        }

        return template.Length == 0 ? new EdgeRoute(file, "/", "/") : new EdgeRoute(file, template.ToString(), key.ToString());
    }

    private static void AppendSegment(string segment, string file, StringBuilder template, StringBuilder key, HashSet<string> names)
    {
        var afterParameter = false;
        foreach (var (text, isParameter) in EdgeRouteSegment.Split(segment, file))
        {
            if (isParameter)
            {
                if (afterParameter)
                {
                    throw new FormatException($"'{file}' is not a route: two parameters need a character between them.");
                }

                AddName(names, text, file);
                template.Append('{').Append(text).Append('}');
                key.Append("{}");
            }
            else
            {
                var literal = EdgeRouteSegment.EscapeLiteral(text, file);
                template.Append(literal);
                key.Append(literal.ToUpperInvariant());
            }

            afterParameter = isParameter;
        }
    }

    private static void AddName(HashSet<string> names, string name, string file)
    {
        if (!EdgeRouteSegment.IsName(name))
        {
            throw new FormatException($"'{file}' is not a route: '{name}' is not a valid name for a parameter. Use letters, digits, '_' and '-', such as [id] or [...rest].");
        }

        if (!names.Add(name))
        {
            throw new FormatException($"'{file}' is not a route: the parameter '{name}' appears twice. Give each its own name.");
        }
    }
}
