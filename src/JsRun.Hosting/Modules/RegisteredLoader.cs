namespace JsRun.Modules;

/// <summary>A runtime's loader.</summary>
/// <param name="Load">Loads a module.</param>
/// <param name="IsSynchronous">Whether it waits for nothing, so that synchronous imports can use it.</param>
internal sealed record RegisteredLoader(JsModuleLoader Load, bool IsSynchronous)
{
    public RegisteredLoader(JsModuleLoader load)
        : this(load, IsSynchronous: false)
    {
    }

    public RegisteredLoader(JsSyncModuleLoader load)
        : this((request, _) => ValueTask.FromResult(load(request)), IsSynchronous: true) => Synchronous = load;

    /// <summary>The synchronous loader, if it is one.</summary>
    public JsSyncModuleLoader? Synchronous { get; }
}
