using System.Diagnostics.CodeAnalysis;
using JsRun.Modules.Sources;
using JsRun.Storage;

namespace JsRun.Modules.Resolution;

/// <summary>Finds the files that specifiers stand for: exactly those, and never outside of the root.</summary>
internal sealed class ModuleResolver
{
    private readonly SourceReader _reader;
    private readonly MissingModule _missing;
    private readonly bool _hasLoader;

    /// <param name="root">The folder; it must exist.</param>
    /// <param name="reader">Remembers what was looked for.</param>
    /// <param name="hasLoader">Whether a loader loads what has a URL of another scheme.</param>
    /// <exception cref="JsModuleException">There is no such folder.</exception>
    public ModuleResolver(string root, SourceReader reader, bool hasLoader = false)
    {
        if (!Directory.Exists(root))
        {
            throw new JsModuleException($"The folder of modules '{Path.GetFullPath(root)}' does not exist.");
        }

        Root = RealPath.Resolve(root);
        _reader = reader;
        _hasLoader = hasLoader;
        _missing = new MissingModule(Root);
    }

    /// <summary>The real path of the folder.</summary>
    public string Root { get; }

    /// <summary>Finds a module by a path: relative to the root, or absolute and within it.</summary>
    public bool TryFindEntry(string entry, [NotNullWhen(true)] out ModuleLocation? location, [NotNullWhen(false)] out string? problem)
    {
        var full = Path.GetFullPath(entry, Root);
        problem = ModuleFormat.Refuse(full, null);
        location = null;
        return problem is null && TryFind(full, entry, "", out location, out problem);
    }

    /// <summary>Finds what a module asks for.</summary>
    /// <param name="request">The request.</param>
    /// <param name="referrer">The URL of the module that asks.</param>
    /// <param name="location">The module.</param>
    /// <param name="problem">What is wrong and what to do.</param>
    public bool TryResolve(ModuleRequest request, string referrer, [NotNullWhen(true)] out ModuleLocation? location, [NotNullWhen(false)] out string? problem)
    {
        location = null;
        var specifier = request.Specifier;
        if (request.Type is null && BuiltinModules.Resolve(specifier) is { } builtin)
        {
            location = new ModuleLocation(builtin, builtin);
            problem = null;
            return true;
        }

        var isLoaded = !referrer.StartsWith(ModuleUrl.Prefix, StringComparison.Ordinal);
        if (_hasLoader && SpecifierUrl.Resolve(specifier, isLoaded ? referrer : null) is { } url && !url.StartsWith(ModuleUrl.Prefix, StringComparison.Ordinal))
        {
            location = new ModuleLocation(url, url) { LoadedFor = referrer };
            problem = null;
            return true;
        }

        problem = ModuleSpecifier.Refuse(specifier);
        if (problem is not null)
        {
            return false;
        }

        var from = isLoaded ? "" : ModuleUrl.ToPath(referrer);
        var segments = ModuleSpecifier.Resolve(specifier, from);
        if (segments is null)
        {
            problem = $"'{specifier}' leads out of the folder of functions: modules are only loaded from within it. Move the file into the folder, or bundle it.";
            return false;
        }

        var full = Path.Combine(Root, Path.Combine(segments));
        if (request.Type is null && specifier.EndsWith(ModuleSpecifier.JsxRuntime, StringComparison.Ordinal) && !_reader.Exists(full))
        {
            full = ModuleFormat.CodeExtensions.Select(extension => full + extension).FirstOrDefault(_reader.Exists) ?? full;
        }

        problem = ModuleFormat.Refuse(full, request.Type);
        // A missing extension is the likelier mistake than an unknown one.
        return (problem is null || Path.GetExtension(full).Length == 0 || Directory.Exists(full))
            && TryFind(full, specifier, from, out location, out problem)
            && (problem = ModuleFormat.Refuse(full, request.Type)) is null;
    }

    private bool TryFind(string full, string specifier, string from, [NotNullWhen(true)] out ModuleLocation? location, [NotNullWhen(false)] out string? problem)
    {
        location = null;
        problem = null;
        try
        {
            if (!_reader.Exists(full))
            {
                problem = _missing.Explain(full, specifier, from);
                return false;
            }

            var real = RealPath.Resolve(full);
            if (!RealPath.IsWithin(Root, real))
            {
                problem = $"'{specifier}' is, or passes through, a symbolic link that leads out of the folder of functions: modules are only loaded from within it.";
                return false;
            }

            location = new ModuleLocation(real, ModuleUrl.FromPath(Path.GetRelativePath(Root, real).Replace(Path.DirectorySeparatorChar, '/')));
            return true;
        }
        catch (IOException exception)
        {
            problem = $"'{specifier}' cannot be found: {exception.Message.Replace(Root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)}";
            return false;
        }
    }
}
