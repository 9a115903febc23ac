namespace JsRun.AspNetCore.Watching;

/// <summary>Notices changes beneath a folder.</summary>
internal interface IFolderWatch : IDisposable
{
    /// <summary>Starts, and calls back on a thread-pool thread: with the absolute path of what changed, or <see langword="null"/> where changes may have been missed.</summary>
    void Start(Action<string?> changed);
}
