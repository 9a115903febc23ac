using System.IO.Compression;
using System.Text.Json;
using JsRun.Engine.Isolates;
using JsRun.Engine.Native.Images;

namespace JsRun.Engine.Scripts;

/// <summary>The scripts that are embedded in the assembly.</summary>
internal static class Bundles
{
    public const string TablesName = "jsrun:tables";

    private const string TablesResource = "JsRun.tables.json";

    private static readonly Lazy<ScriptSource> LazyRuntime = new(static () => Load(HeapScript.KernelName, "JsRun.runtime.js"));
    private static readonly Lazy<ScriptSource> LazyPlanner = new(static () => Load("jsrun:planner", "JsRun.planner.js"));
    private static readonly Lazy<ScriptSource> LazyCompiler = new(static () => Load("jsrun:compiler", "JsRun.compiler.js"));

    private static readonly Lazy<ScriptSource> LazyTypeScript = new(static () => Load("jsrun:typescript", "JsRun.typescript.js.br"));

    private static readonly Lazy<IReadOnlyDictionary<string, string>> LazyTables = new(static () => ReadTables());
    private static readonly Lazy<ScriptSource> LazyTablesScript = new(static () => new ScriptSource(TablesName, $"__jsrun.tables = {Read(TablesResource)}"));

    /// <summary>Evaluated in every context: kernel, bridge, linker and web APIs.</summary>
    public static ScriptSource Runtime => LazyRuntime.Value;

    /// <summary>An expression, the function that plans classic scripts: for <see cref="ScriptPlanner"/>.</summary>
    public static ScriptSource Planner => LazyPlanner.Value;

    /// <summary>Evaluated in the compiler's isolate.</summary>
    public static ScriptSource Compiler => LazyCompiler.Value;

    /// <summary>TypeScript's own compiler, evaluated in the compiler's isolate when a module has types or JSX.</summary>
    public static ScriptSource TypeScript => LazyTypeScript.Value;

    /// <summary>JSON of what no bundle holds because it is large and seldom needed, by name (<c>JavaScript/src/kernel/tables.ts</c>).</summary>
    public static IReadOnlyDictionary<string, string> Tables => LazyTables.Value;

    /// <summary>For a context that is built for an image, where there is no host to ask: the builder takes them, and lets go of them (<c>JavaScript/src/image/host.ts</c>).</summary>
    public static ScriptSource TablesScript => LazyTablesScript.Value;

    /// <summary>
    /// Takes the kernel's entrance out of a context's globals, and leaves what <c>import()</c> in rewritten scripts calls as a constant of scripts, which is not a property of the global
    /// object (<c>JavaScript/src/linker/names.ts</c>).
    /// </summary>
    public static ScriptSource Take { get; } = new("jsrun:take", "const \uA7F7 = this.__jsrun.import; (() => { const take = this.__jsrun; delete this.__jsrun; return take; })()");

    private static ScriptSource Load(string name, string resource) => new(name, Read(resource));

    private static Dictionary<string, string> ReadTables()
    {
        using var tables = JsonDocument.Parse(Read(TablesResource));
        return tables.RootElement.EnumerateObject().ToDictionary(static table => table.Name, static table => table.Value.GetString()!);
    }

    private static string Read(string resource)
    {
        using var stream = typeof(Bundles).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly JsRun.Hosting lacks its resource '{resource}': it was built without its JavaScript half.");
        using var content = resource.EndsWith(".br", StringComparison.Ordinal) ? new BrotliStream(stream, CompressionMode.Decompress) : stream;
        using var reader = new StreamReader(content);
        return reader.ReadToEnd();
    }
}
