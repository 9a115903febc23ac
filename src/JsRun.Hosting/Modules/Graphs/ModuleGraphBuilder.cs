using JsRun.Modules.Compilation;
using JsRun.Modules.Resolution;
using JsRun.Modules.Sources;

namespace JsRun.Modules.Graphs;

/// <summary>Builds module graphs from files. Safe for all threads: every build has its own state.</summary>
internal sealed class ModuleGraphBuilder(IModuleCompiler compiler, int maxFileBytes = ModuleGraphBuilder.MaxFileBytes)
{
    /// <summary>The largest module, in bytes.</summary>
    public const int MaxFileBytes = 16 << 20;

    /// <summary>Builds the graph of an entry.</summary>
    /// <param name="root">The folder that no module lies outside of.</param>
    /// <param name="entry">The entry's path: relative to the root, or absolute and within it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="loading">How modules are loaded that are not in the folder.</param>
    public ValueTask<ModuleBuild> BuildAsync(string root, string entry, CancellationToken cancellationToken, ModuleLoading? loading = null) =>
        BuildAsync(root, FindEntry(entry), null, null, loading, null, cancellationToken);

    /// <summary>Builds the graph of an entry, of whose modules instances are made.</summary>
    /// <param name="root">The folder that no module lies outside of.</param>
    /// <param name="entry">The entry's path: relative to the root, or absolute and within it.</param>
    /// <param name="least">What scripts need that are known to change the global object.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="loading">How modules are loaded that are not in the folder.</param>
    public async ValueTask<ModuleBuild> BuildForInstancesAsync(string root, string entry, GlobalScope least, CancellationToken cancellationToken, ModuleLoading? loading = null)
    {
        var build = await BuildAsync(root, FindEntry(entry), null, null, loading, least, cancellationToken).ConfigureAwait(false);
        // One module that may change its global object is enough: the others must see the change.
        return build.Graph is { } graph && graph.Functions.Max(static m => m.Shape?.Globals) is { } most && most > least
            ? await BuildAsync(root, FindEntry(entry), null, null, loading, most, cancellationToken).ConfigureAwait(false)
            : build;
    }

    /// <summary>Builds what a context lacks for a dynamic import that its graph does not hold. The result's entry is the imported module.</summary>
    /// <param name="root">The folder that no module lies outside of.</param>
    /// <param name="request">The specifier and the import attribute.</param>
    /// <param name="referrer">The URL of the module that asks.</param>
    /// <param name="scope">What the context has, and how much may be added.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="loading">How modules are loaded that are not in the folder.</param>
    public ValueTask<ModuleBuild> LoadAsync(string root, ModuleRequest request, string referrer, ModuleLoadScope scope, CancellationToken cancellationToken, ModuleLoading? loading = null) => BuildAsync(
        root,
        resolver => resolver.TryResolve(request, referrer, out var location, out var problem) ? location : throw new JsModuleException(problem),
        request.Type,
        scope,
        loading,
        scope.Deployed.Scope,
        cancellationToken);

    private static Func<ModuleResolver, ModuleLocation> FindEntry(string entry) =>
        resolver => resolver.TryFindEntry(entry, out var location, out var problem) ? location : throw new JsModuleException(problem);

    private async ValueTask<ModuleBuild> BuildAsync(
        string root, Func<ModuleResolver, ModuleLocation> find, string? type, ModuleLoadScope? scope, ModuleLoading? loading, GlobalScope? globals, CancellationToken cancellationToken)
    {
        var reader = new SourceReader(maxFileBytes);
        try
        {
            var resolver = new ModuleResolver(root, reader, hasLoader: loading is not null);
            var collector = new ModuleCollector(compiler, resolver, reader, scope, loading, globals);
            var entry = find(resolver);
            var modules = await collector.CollectAsync(entry, type, cancellationToken).ConfigureAwait(false);
            return new ModuleBuild(new ModuleGraph(entry.Url, modules, reader.Seen) { Scope = globals }, null, reader.Seen);
        }
        catch (JsModuleException exception)
        {
            return new ModuleBuild(null, exception, reader.Seen);
        }
    }
}
