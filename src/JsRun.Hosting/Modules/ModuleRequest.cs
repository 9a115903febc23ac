using JsRun.Modules.Sources;

namespace JsRun.Modules;

/// <summary>What a module asks for, with its place in the author's source (from 1).</summary>
internal sealed record ModuleRequest(string Specifier, int Line, int Column)
{
    /// <summary>The import attribute <c>type</c>: one of <see cref="ModuleTypes"/>, or none.</summary>
    public string? Type { get; init; }
}
