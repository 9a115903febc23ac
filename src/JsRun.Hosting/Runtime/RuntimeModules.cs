using JsRun.Engine;

namespace JsRun.Runtime;

/// <summary>What an embedder's runtime may import at run time: nothing, until it has been given a module, and then what lies in that module's folder.</summary>
internal sealed class RuntimeModules : IModuleSource
{
    private volatile IModuleSource? _folder;

    public void Use(IModuleSource folder) => _folder = folder;

    public ValueTask<ScriptGraph> LoadAsync(string specifier, string referrer, string? type, CancellationToken cancellationToken) => _folder is { } folder
        ? folder.LoadAsync(specifier, referrer, type, cancellationToken)
        : throw new JsModuleException($"Cannot import '{specifier}' from {referrer}: a runtime imports from the folder of the module that RunModuleAsync was given, and it was given none.");
}
