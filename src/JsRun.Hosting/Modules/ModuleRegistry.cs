using System.Collections.Concurrent;
using JsRun.Modules.Resolution;

namespace JsRun.Modules;

/// <summary>What a runtime's modules come from: static modules, the resolver, the loader, the import map. Thread-safe; what is set later counts for what is imported later.</summary>
internal sealed class ModuleRegistry
{
    private readonly ConcurrentDictionary<string, string> _urls = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, JsModuleSource> _sources = new(StringComparer.Ordinal);

    public JsModuleResolver? Resolver { get; set; }

    public RegisteredLoader? Loader { get; set; }

    public JsImportMap? ImportMap { get; init; }

    public IEnumerable<string> Names => _urls.Keys;

    /// <exception cref="ArgumentException">There are two loaders, or a static module has no name.</exception>
    public static ModuleRegistry From(JsModuleOptions options)
    {
        if (options is { Loader: not null, SyncLoader: not null })
        {
            throw new ArgumentException("JsModuleOptions.Loader and JsModuleOptions.SyncLoader are both set: a runtime has one loader.", nameof(options));
        }

        var registry = new ModuleRegistry
        {
            Resolver = options.Resolver,
            ImportMap = options.ImportMap,
            Loader = options.Loader is { } loader ? new RegisteredLoader(loader) : options.SyncLoader is { } synchronous ? new RegisteredLoader(synchronous) : null,
        };
        foreach (var (name, source) in options.Static)
        {
            registry.Add(name, source);
        }

        return registry;
    }

    /// <exception cref="ArgumentException">The name is none.</exception>
    public void Add(string name, JsModuleSource source)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(source);
        if (name is "." or "..")
        {
            throw new ArgumentException($"A static module cannot be called '{name}', which is a path.", nameof(name));
        }

        var url = StaticUrl.Of(name);
        _sources[url] = source;
        _urls[name] = url;
    }

    /// <summary>The URL of a static module.</summary>
    public string? FindUrl(string name) => _urls.GetValueOrDefault(name);

    public JsModuleSource? FindSource(string url) => _sources.GetValueOrDefault(url);
}
