using JsRun.Images.Building;
using JsRun.Scheduling;

namespace JsRun.Workers;

/// <summary>The place of one worker of a group: starts a process when it is needed, and another one when that is lost. Thread-safe.</summary>
internal sealed class WorkerSlot(WorkerGroup group, int number) : IDisposable
{
    // A process that lives as long was not ended by how it starts.
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task<WorkerInstance>? _starting;
    private WorkerInstance? _current;
    private Task _ending = Task.CompletedTask;
    private Task _watching = Task.CompletedTask;
    private WorkerState? _state;
    private int _restarts;
    private int _failures;
    private long _failedAt;
    private TimeSpan _delay;

    /// <summary>The process that takes requests, if there is one.</summary>
    public WorkerInstance? Current => Volatile.Read(ref _current);

    /// <summary>Its state; <see langword="null"/> if no process was needed, or it was stopped because it was idle.</summary>
    public WorkerStatus? Status
    {
        get
        {
            lock (_lock)
            {
                return _state is { } state ? new WorkerStatus(group.Name, _current?.Pid, state, _restarts, _current?.Sandbox?.ToData()) : null;
            }
        }
    }

    /// <summary>The process, which starts if there is none.</summary>
    /// <exception cref="JsWorkerLostException">It cannot be started now.</exception>
    /// <exception cref="JsTerminatedException">The host is stopping.</exception>
    public async ValueTask<WorkerInstance> GetAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task<WorkerInstance> starting;
            lock (_lock)
            {
                if (_stopping.IsCancellationRequested)
                {
                    throw new JsTerminatedException("The host is stopping: no more requests are accepted.");
                }

                if (_starting is null && _delay - group.Time.GetElapsedTime(_failedAt) is var left && left > TimeSpan.Zero)
                {
                    throw new JsWorkerLostException($"The worker of {group.Title} ended soon after its start: it is started again in {left.TotalSeconds:0} seconds.") { RetryAfter = left };
                }

                starting = _starting ??= StartAsync();
            }

            var instance = await starting.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (!instance.Ended.IsCompleted || instance.IsStopping)
            {
                return instance;
            }

            // It has just ended: another one is about to take its place.
            await Volatile.Read(ref _watching).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Puts a new process in the place of one that no longer takes requests as it should.</summary>
    public void Replace(WorkerInstance instance)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(_current, instance))
            {
                return;
            }

            _current = null;
            _restarts++;
            _starting = _stopping.IsCancellationRequested ? null : StartAsync();
            _starting?.Forget();
            _ending = Task.WhenAll(_ending, StopAsync(instance, "it was replaced"));
        }
    }

    /// <summary>Stops the process because nothing was asked of it.</summary>
    public void StopIdle()
    {
        lock (_lock)
        {
            if (_current is not { InFlight: 0 } instance)
            {
                return;
            }

            _starting = null;
            _current = null;
            _state = null;
            _ending = Task.WhenAll(_ending, StopAsync(instance, "it was idle"));
        }
    }

    /// <summary>Stops the process with the host.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task<WorkerInstance>? starting;
        Task ending;
        lock (_lock)
        {
            _stopping.Cancel();
            starting = _starting;
            ending = _ending;
            _starting = null;
            if (_state is not null)
            {
                _state = WorkerState.Draining;
            }
        }

        try
        {
            if (starting is not null)
            {
                var instance = await starting.ConfigureAwait(false);
                await instance.StopAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is JsRunException or OperationCanceledException)
        {
            // It did not start.
        }

        await ending.ConfigureAwait(false);
        lock (_lock)
        {
            _current = null;
            _state = null;
        }
    }

    public void Dispose() => _stopping.Dispose();

    private async Task<WorkerInstance> StartAsync()
    {
        _state = WorkerState.Starting;
        var started = group.Time.GetTimestamp();
        await Task.Yield();
        WorkerInstance instance;
        try
        {
            instance = await group.StartAsync(_stopping.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WorkerException or OperationCanceledException)
        {
            lock (_lock)
            {
                _starting = null;
                Fail();
            }

            if (_stopping.IsCancellationRequested)
            {
                throw new JsTerminatedException("The host is stopping: no more requests are accepted.", e);
            }

            group.Logger.WorkerFailed(number, group.Title, e.Message, _delay);
            throw new JsWorkerLostException($"The worker of {group.Title} could not be started: {e.Message}. It is started again in {_delay.TotalSeconds:0} seconds.", e) { RetryAfter = _delay };
        }

        lock (_lock)
        {
            _current = instance;
        }

        var watching = WatchAsync(instance, started);
        Volatile.Write(ref _watching, watching);
        watching.Forget(group.Logger);
        // Each request waits for its own function alone.
        DeployAsync(instance, started).Forget(group.Logger);
        return instance;
    }

    private async Task DeployAsync(WorkerInstance instance, long started)
    {
        await group.DeployAllAsync(instance).ConfigureAwait(false);
        lock (_lock)
        {
            if (ReferenceEquals(_current, instance) && _state == WorkerState.Starting)
            {
                _state = WorkerState.Ready;
                group.Logger.WorkerReady(number, group.Title, instance.Pid, (long)group.Time.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        if (!_stopping.IsCancellationRequested)
        {
            group.Ready(hasLost: _restarts > 0);
        }
    }

    private async Task WatchAsync(WorkerInstance instance, long started)
    {
        var reason = await instance.Ended.ConfigureAwait(false);
        if (!instance.IsStopping)
        {
            var running = group.Lost(instance.Running());
            group.Logger.WorkerLost(number, group.Title, instance.Pid, reason, running.Length == 0 ? "none" : running, instance.InFlight);
            lock (_lock)
            {
                if (ReferenceEquals(_current, instance))
                {
                    _current = null;
                    _starting = null;
                    _restarts++;
                    // If a function is at fault, it is the function that waits, and not its neighbours.
                    if (running.Length > 0 || group.Time.GetElapsedTime(started) > Steady)
                    {
                        _failures = 0;
                    }

                    Fail();
                    if (_delay == TimeSpan.Zero && !_stopping.IsCancellationRequested)
                    {
                        // The next request is not to wait for it.
                        _starting = StartAsync();
                        _starting.Forget();
                    }
                }
            }
        }

        await instance.DisposeAsync().ConfigureAwait(false);
    }

    // The first three at once, the next after 1, 2, 4 seconds and so on.
    private void Fail()
    {
        const int AtOnce = 3;
        _failures++;
        _failedAt = group.Time.GetTimestamp();
        _delay = _failures <= AtOnce ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(Math.Pow(2, _failures - AtOnce - 1), LongestDelay.TotalSeconds));
        _state = _delay == TimeSpan.Zero ? WorkerState.Lost : WorkerState.BackingOff;
    }

    private async Task StopAsync(WorkerInstance instance, string reason)
    {
        using var patience = new CancellationTokenSource(group.DrainTime);
        await instance.StopAsync(patience.Token).ConfigureAwait(false);
        group.Logger.WorkerStopped(number, group.Title, instance.Pid, reason);
    }
}
