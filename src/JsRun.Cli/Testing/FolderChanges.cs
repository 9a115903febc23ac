using System.Threading.Channels;

namespace JsRun.Cli.Testing;

/// <summary>Tells of changes in a folder.</summary>
internal sealed class FolderChanges : IDisposable
{
    // What an editor's save or a checkout does at once is one change.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);

    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly FileSystemWatcher _watcher;
    private readonly string _root;
    private readonly string? _ignored;

    /// <param name="root">The folder.</param>
    /// <param name="ignored">A file whose changes do not count.</param>
    public FolderChanges(string root, string? ignored = null)
    {
        _root = root;
        _ignored = ignored;
        _watcher = new FileSystemWatcher(root) { IncludeSubdirectories = true };
        _watcher.Changed += Add;
        _watcher.Created += Add;
        _watcher.Deleted += Add;
        _watcher.Renamed += Add;
        _watcher.EnableRaisingEvents = true;
    }

    /// <summary>Waits for the next change, or returns at once if there was one since the last call.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        await _changes.Reader.ReadAsync(cancellationToken);
        await Task.Delay(Quiet, cancellationToken);
        while (_changes.Reader.TryRead(out _))
        {
        }
    }

    public void Dispose() => _watcher.Dispose();

    private void Add(object sender, FileSystemEventArgs change)
    {
        if (change.FullPath != _ignored && Path.GetRelativePath(_root, change.FullPath).Split(Path.DirectorySeparatorChar).All(TestFiles.IsRelevantFolder))
        {
            _changes.Writer.TryWrite(true);
        }
    }
}
