namespace JsRun.Watching;

/// <summary>The operating system's notifications.</summary>
internal sealed class FolderWatch(string root) : IFolderWatch
{
    private FileSystemWatcher? _watcher;

    public void Start(Action<string?> changed)
    {
        _watcher = new FileSystemWatcher(root)
        {
            IncludeSubdirectories = true,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
            // The largest that Windows allows on network shares: one save of a checkout touches many files.
            InternalBufferSize = 64 << 10,
        };
        _watcher.Changed += (_, e) => changed(e.FullPath);
        _watcher.Created += (_, e) => changed(e.FullPath);
        _watcher.Deleted += (_, e) => changed(e.FullPath);
        _watcher.Renamed += (_, e) =>
        {
            changed(e.OldFullPath);
            changed(e.FullPath);
        };
        _watcher.Error += (_, _) => changed(null);
        _watcher.EnableRaisingEvents = true;
    }

    public void Dispose() => _watcher?.Dispose();
}
