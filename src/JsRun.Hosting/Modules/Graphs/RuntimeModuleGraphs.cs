using System.Collections.Immutable;
using JsRun.Modules.Compilation;
using JsRun.Modules.Resolution;
using JsRun.Modules.Sources;

namespace JsRun.Modules.Graphs;

/// <summary>
/// The modules of one runtime: collects what an import needs and the context lacks. A module is loaded and compiled once for each URL and import attribute; a mistake in its text is
/// remembered as well, while a loader that failed is asked again. Thread-safe.
/// </summary>
internal sealed class RuntimeModuleGraphs(ModuleRegistry registry, IModuleCompiler compiler)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Url, string? Type), SharedLoad> _loads = [];
    private readonly HashSet<(string Url, string? Type)> _added = [];
    private readonly SpecifierResolver _resolver = new(registry);
    private readonly ModuleDescriber _describer = new(compiler);
    private readonly ModuleDescriber _blocking = new(new BlockingModuleCompiler(compiler));

    /// <summary>Collects what an import needs beside what the context has.</summary>
    /// <param name="request">What is imported.</param>
    /// <param name="synchronous">Whether nothing may be waited for but the compiler: the task returned has then completed.</param>
    /// <param name="cancellationToken">Gives up; what nobody else waits for is cancelled.</param>
    /// <exception cref="JsModuleException">A module is not there, or does not compile.</exception>
    public async ValueTask<ModuleGraph> CollectAsync(JsModuleRequest request, bool synchronous, CancellationToken cancellationToken)
    {
        var entry = _resolver.Resolve(request);
        var modules = ImmutableArray.CreateBuilder<ModuleDescription>();
        var seen = new HashSet<(string, string?)>();
        var needed = new Queue<(string Url, string? Type, string? Referrer)>();
        needed.Enqueue((entry, request.Type, request.Referrer));
        while (needed.TryDequeue(out var next))
        {
            if (!seen.Add((next.Url, next.Type)) || IsAdded((next.Url, next.Type)))
            {
                continue;
            }

            var module = await LoadAsync(new JsModuleLoadRequest { Url = next.Url, Type = next.Type, Referrer = next.Referrer }, synchronous, cancellationToken).ConfigureAwait(false);
            modules.Add(module);
            foreach (var import in module.Shape?.Imports ?? [])
            {
                needed.Enqueue((module.Resolved![import.Specifier], import.Type, module.Url));
            }
        }

        return new ModuleGraph(entry, modules.DrainToImmutable(), []);
    }

    /// <summary>The context has these modules now.</summary>
    public void MarkAdded(ModuleGraph graph)
    {
        lock (_lock)
        {
            foreach (var module in graph.Modules)
            {
                _added.Add(module.Key);
                _loads.Remove(module.Key);
            }
        }
    }

    /// <summary>A static module has a new source: what was made of another, and has not reached the context, is forgotten.</summary>
    public void Forget(string url)
    {
        lock (_lock)
        {
            foreach (var key in _loads.Keys.Where(key => key.Url == url).ToArray())
            {
                _loads.Remove(key);
            }
        }
    }

    private bool IsAdded((string Url, string? Type) key)
    {
        lock (_lock)
        {
            return _added.Contains(key);
        }
    }

    private Task<ModuleDescription> LoadAsync(JsModuleLoadRequest request, bool synchronous, CancellationToken cancellationToken)
    {
        SharedLoad load;
        lock (_lock)
        {
            var key = (request.Url, request.Type);
            if (!_loads.TryGetValue(key, out load!) || load.CanRetry || !load.TryJoin())
            {
                _loads[key] = load = new SharedLoad(token => DescribeAsync(request, synchronous, token));
                load.TryJoin();
            }
        }

        return load.WaitAsync(cancellationToken);
    }

    private async Task<ModuleDescription> DescribeAsync(JsModuleLoadRequest request, bool synchronous, CancellationToken cancellationToken)
    {
        var source = registry.FindSource(request.Url)
            ?? (BuiltinModules.Find(request.Url) is { } builtin ? JsModuleSource.JavaScript(builtin.Text) : await AskLoaderAsync(request, synchronous, cancellationToken).ConfigureAwait(false));
        var file = new SourceFile(request.Url, source.Content);
        return await (synchronous ? _blocking : _describer).DescribeAsync(file, request.Url, request.Type, source.Kind, Resolve, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<JsModuleSource> AskLoaderAsync(JsModuleLoadRequest request, bool synchronous, CancellationToken cancellationToken)
    {
        if (registry.Loader is not { } loader)
        {
            throw new JsModuleException(request.Url.StartsWith(StaticUrl.Base, StringComparison.Ordinal)
                ? $"There is no static module '{Uri.UnescapeDataString(request.Url[StaticUrl.Base.Length..])}' ({request.Url}), and no loader is set: add it (IJsRuntime.Modules.Add), or set a loader (IJsRuntime.Modules.Loader)."
                : $"Module loading denied for {request.Url}: no loader is set (IJsRuntime.Modules.Loader).");
        }

        if (synchronous && !loader.IsSynchronous)
        {
            throw new JsModuleException(
                $"Cannot load {request.Url}: an asynchronous module loader cannot be used with a synchronous import (Import). Use ImportAsync, or set a synchronous loader (JsSyncModuleLoader).");
        }

        try
        {
            return await loader.Load(request, cancellationToken).ConfigureAwait(false)
                ?? throw new JsModuleException($"The module loader has no module {request.Url}{(request.Referrer is null ? "" : $", which {request.Referrer} imports")}.");
        }
        catch (Exception e) when (e is not JsModuleException && !cancellationToken.IsCancellationRequested)
        {
            throw ModuleErrors.OfHost($"The module loader failed for {request.Url}", e);
        }
    }

    private ImmutableDictionary<string, string> Resolve(SourceFile file, string url, ModuleShape shape)
    {
        var resolved = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var import in shape.Imports)
        {
            try
            {
                var found = _resolver.Resolve(new JsModuleRequest { Specifier = import.Specifier, Referrer = url, Type = import.Type });
                if (resolved.TryGetValue(import.Specifier, out var other) && other != found)
                {
                    throw new JsModuleException($"'{import.Specifier}' is {other} with one import attribute and {found} with another: within one module, a specifier stands for one URL.");
                }

                resolved[import.Specifier] = found;
            }
            catch (JsModuleException e)
            {
                throw ModuleErrors.At(file, url, import.Line, import.Column, e.Message, e.InnerException, scriptProblem: e.ScriptMessage);
            }
        }

        return resolved.ToImmutable();
    }
}
