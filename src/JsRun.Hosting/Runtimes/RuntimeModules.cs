using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using JsRun.Engine.Contexts;
using JsRun.Engine.Scripts;
using JsRun.Limits;
using JsRun.Modules;
using JsRun.Modules.Compilation;
using JsRun.Modules.Graphs;
using JsRun.Modules.Resolution;
using JsRun.Scheduling;

namespace JsRun.Runtimes;

/// <summary>
/// What an embedder's runtime may import: what its resolver, loader and static modules give, and, for modules of a folder that <see cref="IJsRuntime.RunModuleAsync"/> was given,
/// what lies in that folder. Thread-safe.
/// </summary>
internal sealed partial class RuntimeModules(ModuleRegistry registry, ModuleGraphBuilder folders, IModuleCompiler compiler, IScriptRewriter rewriter) : IModuleSource
{
    private readonly RuntimeModuleGraphs _graphs = new(registry, compiler);
    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, string> _scripts = new();
    private readonly WorkLane _lane = new(1);
    private volatile IModuleSource? _folder;
    private int _lastScript;

    public ModuleRegistry Registry { get; } = registry;

    /// <summary>Builds the graph of a file; its folder serves the dynamic imports of what lies there.</summary>
    public async ValueTask<ScriptGraph> BuildAsync(string path, string? root, CancellationToken cancellationToken)
    {
        var file = Path.GetFullPath(path);
        var folder = root is null ? Path.GetDirectoryName(file)! : Path.GetFullPath(root);
        var graph = (await folders.BuildAsync(folder, file, cancellationToken).ConfigureAwait(false)).GraphOrThrow();
        _folder = new FolderModuleSource(folders, folder, graph, _lane);
        return graph.ToScripts();
    }

    public void Add(string name, JsModuleSource source)
    {
        Registry.Add(name, source);
        _graphs.Forget(StaticUrl.Of(name));
    }

    // A loader may import something itself, or wait for another one.
    public bool OneAtATime => false;

    public ValueTask<ScriptGraph> LoadAsync(ModuleRequest request, string referrer, HashSet<(string Url, string? Type)> known, CpuBudget budget, CancellationToken cancellationToken)
    {
        if (_folder is { } folder && referrer.StartsWith(ModuleUrl.Prefix, StringComparison.Ordinal))
        {
            // Several may load at a time here, so that none counts on what another brings.
            return folder.LoadAsync(request, referrer, [], budget, cancellationToken);
        }

        var name = referrer.StartsWith('#') ? _scripts.GetValueOrDefault(int.Parse(referrer.AsSpan(1), CultureInfo.InvariantCulture), "a script") : referrer;
        return CollectAsync(new JsModuleRequest { Specifier = request.Specifier, Referrer = name, Type = request.Type, IsDynamic = true }, synchronous: false, cancellationToken);
    }

    /// <summary>Collects what the host imports.</summary>
    public async ValueTask<ScriptGraph> CollectAsync(JsModuleRequest request, bool synchronous, CancellationToken cancellationToken)
    {
        if (!synchronous)
        {
            // Resolvers and loaders run on the thread pool: on a thread with a context of its own, what they await would wait for the code that blocks that thread.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }

        var graph = await _graphs.CollectAsync(request, synchronous, cancellationToken).ConfigureAwait(false);
        return graph.ToScripts() with { Added = () => _graphs.MarkAdded(graph) };
    }

    /// <summary>Makes a script ready for evaluation: one that has <c>import()</c> in it is rewritten.</summary>
    public ValueTask<string> PrepareAsync(string code, string fileName, CancellationToken cancellationToken) =>
        Import().IsMatch(code) ? rewriter.RewriteAsync(code, fileName, NumberOf(fileName), cancellationToken) : ValueTask.FromResult(code);

    private int NumberOf(string fileName) => _numbers.GetOrAdd(fileName, name =>
    {
        var number = Interlocked.Increment(ref _lastScript);
        _scripts[number] = name;
        return number;
    });

    // Comments may stand between; whether it is code is the compiler's business.
    [GeneratedRegex(@"\bimport\s*(?:\(|/[/*])")]
    private static partial Regex Import();
}
