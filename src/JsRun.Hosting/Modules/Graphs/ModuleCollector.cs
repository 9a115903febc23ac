using System.Collections.Immutable;
using JsRun.Modules.Compilation;
using JsRun.Modules.Resolution;
using JsRun.Modules.Sources;

namespace JsRun.Modules.Graphs;

/// <summary>Collects modules: first all that the entry needs, where a mistake fails the build, then what may be imported later, where it fails that import.</summary>
/// <param name="compiler">Compiles modules.</param>
/// <param name="resolver">Resolves specifiers.</param>
/// <param name="reader">Reads files.</param>
/// <param name="scope">What a load at run time starts from.</param>
/// <param name="loading">Loads modules that are not in the folder.</param>
/// <param name="globals">For modules of which instances are made: how their free names are compiled.</param>
internal sealed class ModuleCollector(IModuleCompiler compiler, ModuleResolver resolver, SourceReader reader, ModuleLoadScope? scope = null, ModuleLoading? loading = null, GlobalScope? globals = null)
{
    private readonly ModuleDescriber _describer = new(compiler, globals);

    // What failed in the context is tried again.
    private readonly HashSet<(string Url, string? Type)> _known = scope is null ? [] : [.. scope.Known, .. scope.Deployed.Modules.Where(m => m.Kind != ModuleKind.Error).Select(m => m.Key)];
    private readonly Queue<(ModuleLocation Location, string? Type)> _needed = new();
    private readonly Queue<(ModuleLocation Location, string? Type)> _later = new();
    private readonly ImmutableArray<ModuleDescription>.Builder _modules = ImmutableArray.CreateBuilder<ModuleDescription>();

    private readonly List<ModuleDescription> _failed = [];
    private long _bytes;

    /// <exception cref="JsModuleException">The entry, or a module that it needs, is broken.</exception>
    public async ValueTask<ImmutableArray<ModuleDescription>> CollectAsync(ModuleLocation entry, string? type, CancellationToken cancellationToken)
    {
        _needed.Enqueue((entry, type));
        await CollectNeededAsync(isLater: false, cancellationToken).ConfigureAwait(false);
        while (_later.TryDequeue(out var module))
        {
            _needed.Enqueue(module);
            await CollectNeededAsync(isLater: true, cancellationToken).ConfigureAwait(false);
        }

        _modules.AddRange(_failed);
        return _modules.DrainToImmutable();
    }

    private async ValueTask CollectNeededAsync(bool isLater, CancellationToken cancellationToken)
    {
        while (_needed.TryDequeue(out var module))
        {
            var (location, type) = module;
            if (!_known.Add((location.Url, type)))
            {
                continue;
            }

            try
            {
                var loaded = location.LoadedFor is { } referrer
                    ? await loading!.LoadAsync(new JsModuleLoadRequest { Url = location.Url, Type = type, Referrer = referrer }, cancellationToken).ConfigureAwait(false)
                    : null;
                var file = loaded is not null ? new SourceFile(location.Url, loaded.Content) : BuiltinModules.Find(location.Url) ?? await reader.ReadAsync(location, cancellationToken).ConfigureAwait(false);
                Bound(file);
                _modules.Add(await _describer.DescribeAsync(file, location.Url, type, loaded?.Kind, Resolve, cancellationToken).ConfigureAwait(false));
            }
            catch (JsModuleException exception) when (isLater)
            {
                AddFailure(location.Url, type, exception.IsSyntax ? "SyntaxError" : "TypeError", exception.Message);
            }
        }
    }

    private void Bound(SourceFile file)
    {
        if (scope is null)
        {
            return;
        }

        scope.Check();
        _bytes += file.RawBytes.Length;
        if (_modules.Count == ModuleLoadScope.MaxModules || _bytes > ModuleLoadScope.MaxBytes)
        {
            throw new JsModuleException(
                $"The import brings more than {ModuleLoadScope.MaxModules} modules, or {ModuleLoadScope.MaxBytes >> 20} MiB of source: import parts of it, or import it statically, so that it is loaded at deployment.");
        }
    }

    private ImmutableDictionary<string, string> Resolve(SourceFile file, string url, ModuleShape shape)
    {
        var resolved = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var request in shape.Imports)
        {
            if (!resolver.TryResolve(request, url, out var location, out var problem))
            {
                throw ModuleErrors.At(file, url, request.Line, request.Column, problem);
            }

            resolved[request.Specifier] = location.Url;
            _needed.Enqueue((location, request.Type));
        }

        foreach (var request in shape.Dynamic)
        {
            if (resolver.TryResolve(request, url, out var location, out var problem))
            {
                resolved[request.Specifier] = location.Url;
                _later.Enqueue((location, request.Type));
            }
            else
            {
                var missing = resolved.GetValueOrDefault(request.Specifier) ?? $"missing:{url}:{request.Specifier}";
                resolved[request.Specifier] = missing;
                AddFailure(missing, request.Type, "TypeError", ModuleErrors.At(file, url, request.Line, request.Column, problem).Message);
            }
        }

        return resolved.ToImmutable();
    }

    private void AddFailure(string url, string? type, string name, string message)
    {
        _failed.Add(new ModuleDescription(url, ModuleKind.Error) { Type = type, Error = new ModuleFailure(name, message), ContentHash = message });
    }
}
