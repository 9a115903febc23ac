using System.Text.Json;
using JsRun.Modules.Graphs;

namespace JsRun.Modules.Compilation;

/// <summary>What the compiler made of a module: code and shape, or the author's mistake.</summary>
internal sealed record CompiledModule
{
    public string? Code { get; init; }

    public ModuleShape? Shape { get; init; }

    public CompileFailure? Error { get; init; }

    /// <summary>Reads the answer of <c>__jsrunCompile</c> (<c>JavaScript/src/compiler</c>).</summary>
    public static CompiledModule Parse(string json) => JsonSerializer.Deserialize(json, ModuleJsonContext.Default.CompiledModule)!;
}
