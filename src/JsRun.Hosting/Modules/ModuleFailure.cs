namespace JsRun.Modules;

/// <summary>The error that importing a failed module gives.</summary>
/// <param name="Name">The name of an ECMAScript error.</param>
/// <param name="Message">What happened, where, and what to do.</param>
internal sealed record ModuleFailure(string Name, string Message);
