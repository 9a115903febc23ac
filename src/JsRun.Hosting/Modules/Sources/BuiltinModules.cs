using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace JsRun.Modules.Sources;

/// <summary>
/// The modules that come with JsRun: those of Node.js, and internal ones that several of them share (<c>JavaScript/node</c>). They are compiled with the functions that import them and run as their code. What
/// they have of the host comes from one more module, for whose URL <c>import.meta.builtin</c> exists (<c>JavaScript/src/linker/builtins.ts</c>).
/// </summary>
internal static class BuiltinModules
{
    private const string Resource = "JsRun.node.json.br";
    private const string Scheme = "node:";
    private const string Internal = Scheme + "jsrun/";
    private const string Host = Internal + "host";
    private const string HostText = "export const { AsyncLocalStorage, AsyncResource, environment } = import.meta.builtin;";

    private static readonly Lazy<Dictionary<string, SourceFile>> Files = new(static () => Read());

    /// <summary>For messages.</summary>
    public static string Names => string.Join(", ", Files.Value.Keys.Where(static url => !url.StartsWith(Internal, StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    /// <summary>The module of that URL.</summary>
    public static SourceFile? Find(string url) => url.StartsWith(Scheme, StringComparison.Ordinal) ? Files.Value.GetValueOrDefault(url) : null;

    /// <summary>The URL of the module that a specifier names: the URL itself, or the bare name that Node.js allows as well.</summary>
    public static string? Resolve(string specifier)
    {
        var url = specifier.StartsWith(Scheme, StringComparison.Ordinal) ? specifier : Scheme + specifier;
        return !specifier.StartsWith('.') && !specifier.StartsWith('/') && Find(url) is not null ? url : null;
    }

    private static Dictionary<string, SourceFile> Read()
    {
        using var stream = typeof(BuiltinModules).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly JsRun.Hosting lacks its resource '{Resource}': it was built without its JavaScript half.");
        using var content = new BrotliStream(stream, CompressionMode.Decompress);
        using var texts = JsonDocument.Parse(content);
        var files = texts.RootElement.EnumerateObject().ToDictionary(static text => text.Name, static text => new SourceFile(text.Name, Encoding.UTF8.GetBytes(text.Value.GetString()!)), StringComparer.Ordinal);
        files.Add(Host, new SourceFile(Host, Encoding.UTF8.GetBytes(HostText)));
        return files;
    }
}
