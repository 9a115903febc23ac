namespace JsRun.Engine;

/// <summary>Finds what a dynamic import asks for at run time and the graph does not hold. Thread-safe.</summary>
internal interface IModuleSource
{
    /// <exception cref="JsModuleException">It is not there, or does not compile.</exception>
    ValueTask<ScriptGraph> LoadAsync(string specifier, string referrer, string? type, CancellationToken cancellationToken);
}
