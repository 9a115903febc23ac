namespace JsRun.Modules.Resolution;

/// <summary>Where a module is: its real path and its URL. What a loader loads has no path but its URL.</summary>
internal sealed record ModuleLocation(string Path, string Url)
{
    /// <summary>Who imports it, if a loader loads it.</summary>
    public string? LoadedFor { get; init; }
}
