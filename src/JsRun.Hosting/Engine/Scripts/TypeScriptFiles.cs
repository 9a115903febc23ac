namespace JsRun.Engine.Scripts;

/// <summary>The files that TypeScript's compiler makes JavaScript of (<c>JavaScript/src/compiler/transpile.ts</c>).</summary>
internal static class TypeScriptFiles
{
    private static readonly string[] Extensions = [".ts", ".mts", ".tsx", ".jsx"];

    public static bool Contains(string fileName) => Extensions.Any(extension => fileName.EndsWith(extension, StringComparison.OrdinalIgnoreCase));
}
