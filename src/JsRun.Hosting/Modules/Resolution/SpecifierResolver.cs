namespace JsRun.Modules.Resolution;

/// <summary>
/// Finds the URL of what is imported: the resolver first, then the import map, then the rules for relative specifiers, then the names of static modules. Whether anybody can load
/// it is the loader's business.
/// </summary>
internal sealed class SpecifierResolver(ModuleRegistry registry)
{
    /// <exception cref="JsModuleException">It has no URL.</exception>
    public string Resolve(JsModuleRequest request)
    {
        var specifier = request.Specifier;
        if (AskResolver(request) is { } resolved)
        {
            return resolved;
        }

        if (StaticUrl.FromScheme(specifier) is { } named)
        {
            return named;
        }

        // The host's own imports are relative to the static modules.
        var relativeTo = request.Referrer ?? StaticUrl.Base;
        var url = SpecifierUrl.Resolve(specifier, relativeTo);
        if (registry.ImportMap is { } map && map.TryMap(url ?? specifier, url is not null, relativeTo, out var mapped))
        {
            return mapped ?? throw new JsModuleException($"Cannot import {Describe(request)}: the import map forbids it (it maps it to null).");
        }

        if (url is not null && (registry.FindSource(url) is not null || registry.FindUrl(specifier) is null))
        {
            return url;
        }

        return registry.FindUrl(specifier) ?? throw new JsModuleException(Deny(request));
    }

    public static string Describe(JsModuleRequest request) => request.Referrer is null ? $"'{request.Specifier}'" : $"'{request.Specifier}' from {request.Referrer}";

    private string? AskResolver(JsModuleRequest request)
    {
        if (registry.Resolver is not { } resolver)
        {
            return null;
        }

        string? answer;
        try
        {
            answer = resolver(request);
        }
        catch (Exception e)
        {
            throw ModuleErrors.OfHost($"Module resolution failed for {Describe(request)}: the resolver threw", e);
        }

        return string.IsNullOrEmpty(answer)
            ? null
            : registry.FindUrl(answer) ?? StaticUrl.FromScheme(answer) ?? (SpecifierUrl.IsPath(answer) ? null : SpecifierUrl.Resolve(answer, null))
            ?? throw new JsModuleException($"Module resolution failed for {Describe(request)}: the resolver answered '{answer}', which is neither an absolute URL nor the name of a static module.");
    }

    private string Deny(JsModuleRequest request)
    {
        if (SpecifierUrl.IsPath(request.Specifier))
        {
            return $"Module resolution denied for {Describe(request)}: '{request.Referrer}' is not a URL, so a path cannot be relative to it. Set JsEvaluateOptions.FileName to a URL, or import an absolute URL or the name of a static module.";
        }

        var asked = registry.Resolver is null ? "no resolver is set" : "the resolver left it open";
        return $"Module resolution denied for {Describe(request)}: {asked}, and there is no static module of that name. Add one (IJsRuntime.Modules.Add), set a resolver (IJsRuntime.Modules.Resolver) or an import map (JsModuleOptions.ImportMap).{Guess(request.Specifier)}";
    }

    private string Guess(string specifier)
    {
        var guess = registry.Names.FirstOrDefault(name => string.Equals(name, specifier, StringComparison.OrdinalIgnoreCase)
            || string.Equals(Path.GetFileNameWithoutExtension(name), Path.GetFileNameWithoutExtension(specifier), StringComparison.OrdinalIgnoreCase));
        return guess is null ? "" : $" Did you mean '{guess}'?";
    }
}
