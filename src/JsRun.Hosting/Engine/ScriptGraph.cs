namespace JsRun.Engine;

/// <summary>Compiled modules, ready to be added to a context: JSON of the linker's <c>ModuleGraph</c>, and the functions in its order. Shared by all isolates.</summary>
/// <param name="Json">The graph.</param>
/// <param name="Functions">The modules' functions.</param>
/// <param name="EntryUrl">The module that the graph was made for.</param>
internal sealed record ScriptGraph(string Json, IReadOnlyList<ScriptSource> Functions, string EntryUrl)
{
    /// <summary>Called on the isolate's thread when a context has taken the modules.</summary>
    public Action? Added { get; init; }
}
