namespace JsRun.Modules.Sources;

/// <summary>The values of the import attribute <c>type</c>. Mirrors <c>ModuleType</c> of <c>JavaScript/src/linker/graph.ts</c>.</summary>
internal static class ModuleTypes
{
    public const string Json = "json";
    public const string Text = "text";
    public const string Bytes = "bytes";
    public const string WebAssembly = "webassembly";

    public const string Listed = "'json', 'text', 'bytes' or 'webassembly'";

    public static bool IsKnown(string type) => type is Json or Text or Bytes or WebAssembly;
}
