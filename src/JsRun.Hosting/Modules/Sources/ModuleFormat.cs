namespace JsRun.Modules.Sources;

/// <summary>The files that are modules, and their import attributes.</summary>
internal static class ModuleFormat
{
    /// <summary>The extensions of code, in the order in which they are suggested.</summary>
    public static readonly string[] CodeExtensions = [".ts", ".tsx", ".js", ".mjs", ".jsx", ".mts"];

    /// <summary>Returns whether a file is a WebAssembly module, which needs no import attribute.</summary>
    public static bool IsWasm(string path) => Path.GetExtension(path).Equals(".wasm", StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns the reason for which a file cannot be imported with this type, or null.</summary>
    public static string? Refuse(string path, string? type)
    {
        var name = Path.GetFileName(path);
        if (type is not null)
        {
            return ModuleTypes.IsKnown(type) ? null : $"'{name}' cannot be imported with the type '{type}': it must be {ModuleTypes.Listed}.";
        }

        var extension = Path.GetExtension(name).ToLowerInvariant();
        return extension switch
        {
            ".json" => $"'{name}' is JSON: import it with {{ type: 'json' }} after the specifier: import data from './{name}' with {{ type: 'json' }}.",
            ".cjs" or ".cts" => $"'{name}' is CommonJS, which is not loaded: bundle it as an ES module, for example with esbuild --format=esm.",
            _ when name.EndsWith(".d.ts", StringComparison.OrdinalIgnoreCase) => $"'{name}' declares types only: use 'import type'.",
            _ when IsWasm(path) || CodeExtensions.Contains(extension) => null,
            _ => $"'{name}' is not a module: code ends in {string.Join(", ", CodeExtensions)}. To import it as a string, write with {{ type: 'text' }} after the specifier.",
        };
    }
}
