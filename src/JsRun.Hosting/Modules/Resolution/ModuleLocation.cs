namespace JsRun.Modules.Resolution;

/// <summary>Where a module is: its real path and its URL.</summary>
internal sealed record ModuleLocation(string Path, string Url);
