using JsRun.Engine;
using JsRun.Modules;

namespace JsRun.Functions;

/// <summary>From the modules' room to the engine's.</summary>
internal static class ModuleGraphExtensions
{
    /// <summary>The graph as scripts, which all isolates share.</summary>
    public static ScriptGraph ToScripts(this ModuleGraph graph) =>
        new(graph.ToJson(), [.. graph.Functions.Select(m => new ScriptSource(m.Url, m.Code!))], graph.Entry);
}
