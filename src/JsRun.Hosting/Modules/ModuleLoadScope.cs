using JsRun.Modules.Graphs;

namespace JsRun.Modules;

/// <summary>What a load at run time starts from, and how much it may bring.</summary>
/// <param name="Deployed">The graph that the context began with.</param>
/// <param name="Known">What earlier loads have brought.</param>
/// <param name="Check">Called before each module; throws to give up.</param>
internal sealed record ModuleLoadScope(ModuleGraph Deployed, IReadOnlySet<(string Url, string? Type)> Known, Action Check)
{
    /// <summary>The most modules that one <c>import()</c> brings.</summary>
    public const int MaxModules = 5000;

    /// <summary>The most bytes of source that one <c>import()</c> reads.</summary>
    public const long MaxBytes = 64 << 20;
}
