namespace JsRun;

/// <summary>Loads modules that are not static. Called on a thread of the host, never on the isolate's; calls may come at the same time.</summary>
/// <param name="request">What is to be loaded.</param>
/// <param name="cancellationToken">Signalled when nobody waits for the module any more: timeout, cancellation, disposal.</param>
/// <returns>The source, or <see langword="null"/> where there is none.</returns>
public delegate ValueTask<JsModuleSource?> JsModuleLoader(JsModuleLoadRequest request, CancellationToken cancellationToken);
