using JsRun.Modules.Graphs;

namespace JsRun.Engine.Scripts;

/// <summary>From the modules' room to the engine's.</summary>
internal static class ModuleGraphExtensions
{
    /// <summary>The graph as scripts, which all isolates share.</summary>
    public static ScriptGraph ToScripts(this ModuleGraph graph) =>
        new(graph.ToJson(), [.. graph.Functions.Select(m => new ScriptSource(m.Url, Named(m.Code!, m.Url)))], graph.Entry);

    /// <summary>The same for debuggers: what TypeScript's compiler has made has a source map, so that breakpoints land on the author's lines.</summary>
    public static ScriptGraph ToMappedScripts(this ModuleGraph graph) =>
        new(graph.ToJson(), [.. graph.Functions.Select(m => new ScriptSource(m.Url, Mapped(Named(m.Code!, m.Url), m)))], graph.Entry);

    private static string Mapped(string code, ModuleDescription module) => TypeScriptFiles.Contains(module.Url)
        ? $"{code}\n//# sourceMappingURL=data:application/json;base64,{Convert.ToBase64String(SourceMapWriter.Write(module.Url, code, module.Shape?.Positions ?? ""))}"
        : code;

    // ClearScript numbers documents that have the same name, as those of all generations have; stack traces must say what the author knows.
    private static string Named(string code, string url) => url.Any(char.IsWhiteSpace) ? code : $"{code}\n//# sourceURL={url}";
}
