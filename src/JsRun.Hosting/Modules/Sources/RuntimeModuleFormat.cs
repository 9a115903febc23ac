using System.Text.RegularExpressions;

namespace JsRun.Modules.Sources;

/// <summary>The sources that can answer an import, by its import attribute.</summary>
internal static partial class RuntimeModuleFormat
{
    /// <exception cref="JsModuleException">What was given is something else than what was asked for.</exception>
    public static void Check(string url, string type, JsModuleSourceKind kind)
    {
        if (!ModuleTypes.IsKnown(type))
        {
            throw new JsModuleException($"{url} cannot be imported with the type '{type}': it must be {ModuleTypes.Listed}.");
        }

        var fits = type switch
        {
            ModuleTypes.Json => kind is JsModuleSourceKind.Auto or JsModuleSourceKind.Json,
            ModuleTypes.WebAssembly => kind is JsModuleSourceKind.Auto or JsModuleSourceKind.WebAssembly,
            _ => true,
        };
        if (!fits)
        {
            throw new JsModuleException($"{url} is imported with {{ type: '{type}' }}, and was given as {kind}: give it as Auto or {(type == ModuleTypes.Json ? JsModuleSourceKind.Json : JsModuleSourceKind.WebAssembly)}.");
        }
    }

    /// <exception cref="JsModuleException">The source is not code.</exception>
    public static void CheckCode(string url, JsModuleSourceKind kind)
    {
        var type = kind switch { JsModuleSourceKind.Json => ModuleTypes.Json, JsModuleSourceKind.Text => ModuleTypes.Text, JsModuleSourceKind.Bytes => ModuleTypes.Bytes, _ => null };
        if (type is not null)
        {
            throw new JsModuleException($"{url} is {kind} and no code: import it with {{ type: '{type}' }} after the specifier.");
        }
    }

    public static bool IsWasm(JsModuleSourceKind kind, ReadOnlyMemory<byte> content) =>
        kind == JsModuleSourceKind.WebAssembly || (kind == JsModuleSourceKind.Auto && WasmFile.IsWasm(content.Span));

    /// <summary>The name that tells the compiler what the code is written in.</summary>
    public static string FileName(string url, JsModuleSourceKind kind)
    {
        var path = QueryOrFragment().Replace(url, "");
        return kind switch
        {
            JsModuleSourceKind.TypeScript when !path.EndsWith(".tsx", StringComparison.OrdinalIgnoreCase) => path + ".ts",
            JsModuleSourceKind.JavaScript => path + ".js",
            _ => path,
        };
    }

    [GeneratedRegex("[?#].*$", RegexOptions.Singleline)]
    private static partial Regex QueryOrFragment();
}
