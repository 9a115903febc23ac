namespace JsRun.Hosting.Tests.Modules;

/// <summary>The loader of <c>docs/modules.md</c>.</summary>
public sealed class LibraryLoader : IJsModuleLoader
{
    private static readonly Dictionary<string, string> Library = new() { ["library:tax"] = "export const withTax = (net) => net * 1.21;" };

    public ValueTask<JsModuleSource?> LoadAsync(JsModuleLoadRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Library.TryGetValue(request.Url, out var code) ? JsModuleSource.JavaScript(code) : null);
}
