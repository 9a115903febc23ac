using Embedding.Programs;
using JsRun;

namespace Embedding;

/// <summary>The programs by their names.</summary>
public static class Catalog
{
    public static IReadOnlyDictionary<string, Func<IJsRuntimeFactory, TextWriter, Task>> All { get; } = new Dictionary<string, Func<IJsRuntimeFactory, TextWriter, Task>>
    {
        ["evaluation"] = Evaluation.RunAsync,
        ["bindings"] = Bindings.RunAsync,
        ["async"] = Async.RunAsync,
        ["modules"] = Modules.RunAsync,
        ["webassembly"] = WebAssemblyModules.RunAsync,
        ["streams"] = Streams.RunAsync,
        ["snapshots"] = Snapshots.RunAsync,
        ["threading"] = Threading.RunAsync,
        ["limits"] = Limits.RunAsync,
    };
}
