namespace JsRun.Engine;

/// <summary>Finds what a dynamic import asks for at run time and the graph does not hold. Thread-safe.</summary>
internal interface IModuleSource
{
    /// <param name="specifier">The specifier as it was written.</param>
    /// <param name="referrer">Who asks: a module's URL, or <c>#</c> and a script's number.</param>
    /// <param name="type">The import attribute.</param>
    /// <param name="cancellationToken">Signalled when nobody waits for it any more: what it was for has ended, or the context is gone.</param>
    /// <exception cref="JsModuleException">It is not there, or does not compile.</exception>
    ValueTask<ScriptGraph> LoadAsync(string specifier, string referrer, string? type, CancellationToken cancellationToken);
}
