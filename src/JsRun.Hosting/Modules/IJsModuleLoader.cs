namespace JsRun;

/// <summary>
/// Loads modules that are not static and not in a folder of functions, as a service of the application: for functions, and for runtimes whose options name no loader (<see cref="JsModuleOptions.Loader"/>,
/// <see cref="JsModuleOptions.SyncLoader"/>). Register it as a singleton; one that is registered with the name of a pool group as its key is for that group only. Thread-safe: many modules may be loaded at the
/// same time.
/// </summary>
public interface IJsModuleLoader
{
    /// <summary>Loads a module. Called on a thread of the host, never on the isolate's. Scripts choose the URL: check it.</summary>
    /// <param name="request">What is to be loaded.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits for the module any more: timeout, cancellation, disposal.</param>
    /// <returns>The source, or <see langword="null"/> if there is none: the import fails.</returns>
    /// <exception cref="Exception">Whatever the loader throws. The import fails with a <see cref="JsModuleException"/> that has the exception as its cause; scripts see the exception's type.</exception>
    ValueTask<JsModuleSource?> LoadAsync(JsModuleLoadRequest request, CancellationToken cancellationToken);
}
