using JsRun.Engine;
using JsRun.Modules;

namespace JsRun.Functions;

/// <summary>Modules that a dynamic import names at run time, from the function's own folder and never from outside of it.</summary>
internal sealed class FolderModuleSource(ModuleGraphBuilder builder, string root, ModuleGraph known) : IModuleSource
{
    public async ValueTask<ScriptGraph> LoadAsync(string specifier, string referrer, string? type, CancellationToken cancellationToken) =>
        (await builder.LoadAsync(root, specifier, type, referrer, known, cancellationToken).ConfigureAwait(false)).GraphOrThrow().ToScripts();
}
