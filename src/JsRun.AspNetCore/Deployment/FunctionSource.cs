using JsRun.AspNetCore.Endpoints;
using JsRun.AspNetCore.Watching;
using JsRun.Functions;
using JsRun.Functions.Sources;

namespace JsRun.AspNetCore.Deployment;

/// <summary>Files that are deployed when the host starts and, where asked for, again when they change.</summary>
internal abstract class FunctionSource : IEdgeFunctionSource, IDisposable
{
    private readonly IFolderWatch? _watch;
    private readonly Debouncer _debouncer;
    private readonly CancellationTokenSource _stopping = new();

    /// <param name="settings">Where the files are and what to do with them.</param>
    protected FunctionSource(FunctionSourceSettings settings)
    {
        Settings = settings;
        _watch = settings.Watch;
        _debouncer = new Debouncer(settings.Time, () => SyncSafelyAsync(_stopping.Token));
    }

    /// <summary>All files, those that serve nothing too, as they are now.</summary>
    public IReadOnlyList<MappedFunction> Functions { get; private set; } = [];

    public string Group => Settings.Group;

    protected FunctionSourceSettings Settings { get; }

    public async ValueTask DeployAsync(CancellationToken cancellationToken)
    {
        // Watched first: what changes while the functions are deployed is not missed.
        StartWatching();
        await SyncAsync(cancellationToken);
    }

    public void Stop()
    {
        _watch?.Dispose();
        _debouncer.Dispose();
        _stopping.Cancel();
    }

    public void Dispose()
    {
        Stop();
        _stopping.Dispose();
        Settings.Endpoints.Dispose();
    }

    /// <summary>Brings functions and endpoints in line with the files. Never called twice at a time.</summary>
    protected abstract Task<IReadOnlyList<MappedFunction>> SyncFilesAsync(CancellationToken cancellationToken);

    /// <summary>A deployment that was not waited for may come to something else than what is routed.</summary>
    protected void Follow(EdgeFunction function) => function.StateChanged += (_, _) => _debouncer.Signal();

    private async Task SyncAsync(CancellationToken cancellationToken)
    {
        Functions = await SyncFilesAsync(cancellationToken);
        Settings.Endpoints.Update(Functions);
    }

    private async Task SyncSafelyAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(Settings.Root))
        {
            // It is being replaced, or unmounted: what it had goes on until it is back.
            Settings.Logger.FolderIsGone(Settings.Root);
            return;
        }

        try
        {
            await SyncAsync(cancellationToken);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // The host is stopping: nothing needs to be up to date.
        }
        catch (Exception exception)
        {
            Settings.Logger.SyncFailed(exception, Settings.Root);
        }
    }

    private void StartWatching()
    {
        try
        {
            _watch?.Start(OnChanged);
            if (_watch is not null)
            {
                Settings.Logger.Watching(Settings.Root);
            }
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException)
        {
            Settings.Logger.NotWatching(exception, Settings.Root);
        }
    }

    private void OnChanged(string? path)
    {
        if (path is null || RelevantChange.Matches(path, Settings.Root) || IsRead(path))
        {
            _debouncer.Signal();
        }
    }

    private bool IsRead(string path)
    {
        foreach (var mapped in Functions)
        {
            if (mapped.Function?.Files.Contains(path) == true)
            {
                return true;
            }
        }

        return false;
    }
}
