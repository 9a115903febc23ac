using System.Text.RegularExpressions;
using JsRun.Modules.Sources;

namespace JsRun.Modules.Resolution;

/// <summary>Reads specifiers: paths relative to the module, paths from the root, and <c>file:///</c> URLs.</summary>
internal static partial class ModuleSpecifier
{
    /// <summary>The end of specifiers that the compiler makes of JSX: no author can give them an extension.</summary>
    public const string JsxRuntime = "/jsx-runtime";

    // Those that names of packages are most often mistaken for, as bundlers leave them.
    private static readonly HashSet<string> NodeModules = new(StringComparer.Ordinal)
    {
        "assert", "async_hooks", "buffer", "child_process", "cluster", "constants", "crypto", "dgram", "diagnostics_channel", "dns", "domain", "events", "fs", "http", "http2", "https", "inspector", "module", "net", "os",
        "path", "perf_hooks", "process", "punycode", "querystring", "readline", "repl", "stream", "string_decoder", "sys", "timers", "tls", "tty", "url", "util", "v8", "vm", "wasi", "worker_threads", "zlib",
    };

    /// <summary>What is wrong with a specifier whatever the files are, or null.</summary>
    public static string? Refuse(string specifier)
    {
        if (Scheme().Match(specifier) is { Success: true } match && !specifier.StartsWith(ModuleUrl.Prefix, StringComparison.Ordinal))
        {
            return match.Groups[1].Value.ToUpperInvariant() switch
            {
                "NODE" => $"'{specifier}' is a module of Node.js that JsRun does not have: it offers the web-standard APIs, and of Node's modules {BuiltinModules.Names}.",
                "HTTP" or "HTTPS" => $"'{specifier}' is remote: modules are not fetched at run time. Download it into the folder, or bundle it with esbuild.",
                _ => $"'{specifier}' has a scheme that modules cannot be loaded from: only paths and {ModuleUrl.Prefix} URLs are.",
            };
        }

        if (!IsPath(specifier) && NodeModules.Contains(specifier.Split('/')[0]))
        {
            return $"'{specifier}' is a module of Node.js that JsRun does not have: it offers the web-standard APIs, and of Node's modules {BuiltinModules.Names}. In a bundle, have another take its place "
                + $"(esbuild: --alias:{specifier}=./own-{specifier.Replace('/', '-')}.js), or bundle for browsers (--platform=browser).";
        }

        if (!IsPath(specifier) && specifier.EndsWith(JsxRuntime, StringComparison.Ordinal))
        {
            return $"'{specifier}' is what JSX is compiled to, and names a package: npm packages come in bundled, they are not looked up at run time. Bundle the module, or have JSX compiled to what the folder has: "
                + "\"/** @jsx h */\" at the head of the file for a function h of its own, \"/** @jsxImportSource ./_lib */\" for a module ./_lib/jsx-runtime.js.";
        }

        if (!IsPath(specifier))
        {
            return $"'{specifier}' names a package: npm packages come in bundled, they are not looked up at run time. Bundle the module, for example with "
                + $"\"npx esbuild main.ts --bundle --format=esm --outfile=functions/main.js\". A file of your own needs './' in front: './{specifier}'.";
        }

        if (specifier.Contains('?', StringComparison.Ordinal) || specifier.Contains('#', StringComparison.Ordinal))
        {
            return $"'{specifier}' has a query or fragment, which modules do not have: name the file only (in a file's name, write %3F and %23).";
        }

        return Forbidden().IsMatch(specifier) ? $"'{specifier}' has a backslash, an encoded separator or a NUL in it: write paths with '/'." : null;
    }

    /// <summary>The segments of a specifier's path under the root; null where it leads out.</summary>
    public static string[]? Resolve(string specifier, string referrerPath)
    {
        var segments = new List<string>();
        if (specifier.StartsWith('.'))
        {
            segments.AddRange(referrerPath.Split('/')[..^1]);
        }

        var path = specifier.StartsWith(ModuleUrl.Prefix, StringComparison.Ordinal) ? specifier[ModuleUrl.Prefix.Length..] : specifier;
        foreach (var segment in path.Split('/').Select(Uri.UnescapeDataString))
        {
            if (segment == "..")
            {
                if (segments.Count == 0)
                {
                    return null;
                }

                segments.RemoveAt(segments.Count - 1);
            }
            else if (segment is not ("." or ""))
            {
                segments.Add(segment);
            }
        }

        return [.. segments];
    }

    private static bool IsPath(string specifier) =>
        specifier is "." or ".."
        || specifier.StartsWith('/')
        || specifier.StartsWith("./", StringComparison.Ordinal)
        || specifier.StartsWith("../", StringComparison.Ordinal)
        || specifier.StartsWith(ModuleUrl.Prefix, StringComparison.Ordinal);

    [GeneratedRegex(@"^([a-zA-Z][a-zA-Z0-9+.\-]*):")]
    private static partial Regex Scheme();

    [GeneratedRegex(@"\\|\0|%2f|%5c|%00", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Forbidden();
}
