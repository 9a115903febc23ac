using System.Diagnostics;
using JsRun.Engine.Isolates;
using JsRun.Engine.Scripts;
using JsRun.Images.Building;
using JsRun.Scheduling;

namespace JsRun.Images;

/// <summary>
/// The tier of heap images: a group's image is built in the background whenever its functions have changed and nothing has changed for a moment, and then takes the place of the one
/// before. Until then, and for functions that cannot be in it, contexts are replayed.
/// </summary>
internal sealed class GroupHeapImages : IGroupImages
{
    private static readonly TimeSpan[] Patience = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1)];

    private readonly Lock _lock = new();
    private readonly ImageWorkshop _workshop;
    private readonly ImageRecipe _empty;
    private readonly ITimer _timer;
    private readonly TimeSpan _quiet;
    private readonly List<ImageFunction> _functions = [];
    private readonly Dictionary<string, string> _unfit = new(StringComparer.Ordinal);
    private IsolateImage? _image;

    // What all isolates started from: the image, once those from before have been replaced.
    private IsolateImage? _serving;
    private string? _trouble;
    private int _attempts;
    private bool _asked;
    private bool _building;
    private bool _stale;
    private bool _disposed;

    /// <param name="empty">The group's recipe without functions.</param>
    /// <param name="workshop">Where images come from.</param>
    /// <param name="quiet">For how long nothing must have changed before an image is built.</param>
    public GroupHeapImages(ImageRecipe empty, ImageWorkshop workshop, TimeSpan quiet)
    {
        _empty = empty;
        _workshop = workshop;
        _quiet = quiet;
        _timer = workshop.Time.CreateGuardedTimer(this, static images => images.BuildAsync().Forget(images._workshop.Logger), Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _image = _serving = workshop.Remembered(empty);
    }

    public Func<Task>? Changed { get; set; }

    public IsolateImage? Acquire()
    {
        lock (_lock)
        {
            if (_image is { } image)
            {
                return image.TryAcquire() ? image : null;
            }

            if (!_asked)
            {
                // There are isolates that would be better off with the web layer at least.
                _asked = true;
                Soon_NeedsLock(_quiet);
            }

            return null;
        }
    }

    public void Add(ImageFunction function)
    {
        lock (_lock)
        {
            _functions.Add(function);
            _attempts = 0;
            Soon_NeedsLock(_quiet);
        }
    }

    public void Remove(ImageFunction function)
    {
        lock (_lock)
        {
            if (_functions.FindIndex(f => f.Graph.Fingerprint == function.Graph.Fingerprint) is var index and >= 0)
            {
                _functions.RemoveAt(index);
                Soon_NeedsLock(_quiet);
            }
        }
    }

    public ContextTier TierOf(ScriptGraph graph)
    {
        lock (_lock)
        {
            return _serving?.Contains(graph) == true ? ContextTier.Heap
                : ContextTier.Replay(_unfit.TryGetValue(graph.Fingerprint, out var reason) ? $"It cannot be part of a heap image: {reason}." : _trouble ?? "Its heap image is being built.");
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _image?.Release();
            _image = null;
        }

        _timer.Dispose();
    }

    private void Soon_NeedsLock(TimeSpan delay)
    {
        Debug.Assert(_lock.IsHeldByCurrentThread, "The lock guards the images.");
        if (!_disposed)
        {
            _timer.Change(delay, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task BuildAsync()
    {
        ImageRecipe recipe;
        lock (_lock)
        {
            if (_building || _disposed)
            {
                _stale = _building;
                return;
            }

            _building = true;
            // In an order of their own: the same functions are the same image, however they were deployed.
            recipe = _empty with
            {
                Functions = [.. _functions.DistinctBy(static f => f.Graph.Fingerprint).OrderBy(static f => f.Graph.Fingerprint, StringComparer.Ordinal)],
            };
        }

        try
        {
            var (image, unfit) = await _workshop.GetAsync(recipe).ConfigureAwait(false);
            if (Take(image, unfit))
            {
                await (Changed?.Invoke() ?? Task.CompletedTask).ConfigureAwait(false);
                Serve(image);
            }

            _workshop.Logger.ImageServes(_empty.Scope);
        }
        catch (OperationCanceledException)
        {
            // The host is stopping.
        }
        catch (Exception e)
        {
            Fail(e);
        }
        finally
        {
            lock (_lock)
            {
                _building = false;
                if (_stale)
                {
                    _stale = false;
                    Soon_NeedsLock(_quiet);
                }
            }
        }
    }

    /// <returns>Whether it is another than before.</returns>
    private bool Take(IsolateImage image, IReadOnlyDictionary<ImageFunction, string> unfit)
    {
        lock (_lock)
        {
            _attempts = 0;
            _trouble = null;
            foreach (var (function, reason) in unfit)
            {
                _unfit[function.Graph.Fingerprint] = reason;
            }

            if (_disposed || _image?.Key == image.Key)
            {
                image.Release();
                return false;
            }

            _image?.Release();
            _image = image;
        }

        _workshop.Remember(_empty, image);
        return true;
    }

    private void Serve(IsolateImage image)
    {
        lock (_lock)
        {
            _serving = image;
        }
    }

    private void Fail(Exception error)
    {
        lock (_lock)
        {
            _trouble = $"Its heap image could not be built: {error.Message}.";
            _workshop.Logger.BuildFailed(_empty.Scope, _attempts + 1, error.Message);
            // What V8 refuses today it refuses in a minute as well.
            if (error is not WorkerException { IsFault: true } && _attempts < Patience.Length)
            {
                Soon_NeedsLock(Patience[_attempts++]);
            }
        }
    }
}
