using JsRun.Modules.Graphs;
using JsRun.Modules.Resolution;

namespace JsRun.Modules.Sources;

/// <summary>Turns what a module was given as into what the linker takes, by the import attribute that it was asked for with. Code is not compiled here.</summary>
internal static class ModuleContent
{
    /// <summary>Describes a module of data.</summary>
    /// <param name="url">The module's URL.</param>
    /// <param name="type">The import attribute.</param>
    /// <param name="file">The content.</param>
    /// <exception cref="JsModuleException">A JSON text is none.</exception>
    public static ModuleDescription Describe(string url, string type, SourceFile file)
    {
        switch (type)
        {
            case ModuleTypes.Json:
                return ModuleErrors.CheckJson(file, url) is { } mistake
                    ? throw mistake
                    : new ModuleDescription(url, ModuleKind.Json) { Source = file.Text, ContentHash = file.Hash };
            case ModuleTypes.Text:
                return new ModuleDescription(url, ModuleKind.Text) { Source = file.Text, ContentHash = file.Hash };
            default:
                var kind = type == ModuleTypes.Bytes ? ModuleKind.Bytes : ModuleKind.WebAssembly;
                return new ModuleDescription(url, kind) { Source = Convert.ToBase64String(file.RawBytes.Span), ContentHash = file.Hash };
        }
    }

    /// <summary>Describes a WebAssembly instance; what its imports stand for is still to be resolved.</summary>
    /// <exception cref="JsModuleException">The bytes are no WebAssembly module.</exception>
    public static ModuleDescription DescribeWasm(string url, SourceFile file)
    {
        try
        {
            var shape = WasmFile.ReadShape(file.RawBytes.Span);
            return new ModuleDescription(url, ModuleKind.Wasm) { Source = Convert.ToBase64String(file.RawBytes.Span), Shape = shape, ContentHash = file.Hash };
        }
        catch (FormatException exception)
        {
            throw new JsModuleException($"{ModuleUrl.Show(url)} is not a WebAssembly module: {exception.Message}.", exception) { File = file.Path, IsSyntax = true };
        }
    }
}
