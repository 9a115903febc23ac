using JsRun.Modules.Graphs;
using JsRun.Modules.Resolution;

namespace JsRun.Modules.Sources;

/// <summary>Reads the modules of one folder, by the rules for functions.</summary>
internal sealed class DirectoryModules(string root)
{
    /// <exception cref="JsModuleException">There is no such module, or it cannot be read.</exception>
    public async ValueTask<JsModuleSource?> LoadAsync(JsModuleLoadRequest request, CancellationToken cancellationToken)
    {
        if (!request.Url.StartsWith(ModuleUrl.Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var reader = new SourceReader(ModuleGraphBuilder.MaxFileBytes);
        return new ModuleResolver(root, reader).TryResolve(new ModuleRequest(request.Url, 0, 0) { Type = request.Type }, ModuleUrl.Prefix, out var location, out var problem)
            ? JsModuleSource.Auto((await reader.ReadAsync(location, cancellationToken).ConfigureAwait(false)).RawBytes)
            : throw new JsModuleException(request.Referrer is { } referrer ? $"{problem} {ModuleUrl.Show(referrer)} imports it." : problem);
    }
}
