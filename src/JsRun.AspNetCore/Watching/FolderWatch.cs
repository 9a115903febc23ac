namespace JsRun.AspNetCore.Watching;

/// <summary>
/// The operating system's notifications. They belong to a folder and not to its name: a folder that is moved away and replaced, and a link that leads elsewhere, is noticed where the
/// name stands, and then what it means now is watched.
/// </summary>
internal sealed class FolderWatch(string root) : IFolderWatch
{
    // The largest that Windows allows on network shares: one save of a checkout touches many files.
    private const int BufferBytes = 64 << 10;

    private readonly Lock _lock = new();
    private readonly List<FileSystemWatcher> _names = [];
    private FileSystemWatcher? _watcher;
    private Action<string?>? _changed;
    private bool _disposed;

    public void Start(Action<string?> changed)
    {
        lock (_lock)
        {
            _changed = changed;
            WatchNames();
            _watcher = WatchFolder();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _watcher?.Dispose();
            _names.ForEach(static w => w.Dispose());
        }
    }

    private FileSystemWatcher WatchFolder()
    {
        var watcher = new FileSystemWatcher(root)
        {
            IncludeSubdirectories = true,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
            InternalBufferSize = BufferBytes,
        };
        watcher.Changed += (_, e) => _changed!(e.FullPath);
        watcher.Created += (_, e) => _changed!(e.FullPath);
        watcher.Deleted += (_, e) => _changed!(e.FullPath);
        watcher.Renamed += (_, e) =>
        {
            _changed!(e.OldFullPath);
            _changed!(e.FullPath);
        };
        watcher.Error += (_, _) => Renew();
        watcher.EnableRaisingEvents = true;
        return watcher;
    }

    // The folder's own name, and those of links on the way to it.
    private void WatchNames()
    {
        for (var path = root; Path.GetDirectoryName(path) is { } parent; path = parent)
        {
            if (path != root && (!Directory.Exists(path) || (File.GetAttributes(path) & FileAttributes.ReparsePoint) == 0))
            {
                continue;
            }

            try
            {
                var watcher = new FileSystemWatcher(parent, Path.GetFileName(path)) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName };
                watcher.Created += (_, _) => Renew();
                watcher.Deleted += (_, _) => Renew();
                watcher.Renamed += (_, _) => Renew();
                watcher.EnableRaisingEvents = true;
                _names.Add(watcher);
            }
            catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
            {
                // A parent that may not be listed: what is in the folder is seen all the same.
            }
        }
    }

    // Not on the thread that told: the watcher is disposed of.
    private void Renew() => ThreadPool.UnsafeQueueUserWorkItem(static watch => watch.RenewNow(), this, preferLocal: false);

    private void RenewNow()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _watcher?.Dispose();
            _watcher = null;
            _names.ForEach(static w => w.Dispose());
            _names.Clear();
            WatchNames();
            try
            {
                _watcher = WatchFolder();
            }
            catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
            {
                // It is not there now: its name is watched, and when it is back so is the folder.
            }
        }

        // What happened in between was not seen.
        _changed!(null);
    }
}
