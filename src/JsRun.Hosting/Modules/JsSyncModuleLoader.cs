namespace JsRun;

/// <summary>Loads modules that are not static, without waiting for anything, so that synchronous imports can use it too.</summary>
/// <param name="request">What is to be loaded.</param>
/// <returns>The source, or <see langword="null"/> where there is none.</returns>
public delegate JsModuleSource? JsSyncModuleLoader(JsModuleLoadRequest request);
