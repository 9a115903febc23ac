using JsRun.Images.Building;
using JsRun.Scheduling;
using Microsoft.Extensions.Logging;

namespace JsRun.Workers;

/// <summary>
/// The one worker process that a host keeps ready beside those that serve. It belongs to the group that lost a worker last, or else to the first that has one, and hosts that group's functions: what takes
/// the place of a lost worker need not start first. Thread-safe.
/// </summary>
internal sealed class WorkerSpare(TimeProvider time, ILogger logger)
{
    /// <summary>The time between the start of a worker and that of the spare, which is not to slow down the former.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private ITimer? _timer;
    private WorkerGroup? _group;
    private WorkerInstance? _instance;
    private Task _starting = Task.CompletedTask;

    /// <summary>The process that a group has in reserve, if it has one.</summary>
    public WorkerInstance? Of(WorkerGroup group)
    {
        lock (_lock)
        {
            return ReferenceEquals(_group, group) ? _instance : null;
        }
    }

    /// <summary>Takes the process for a worker of the group, if it is ready.</summary>
    public WorkerInstance? Take(WorkerGroup group)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(_group, group) || _instance is not { IsStopping: false, Ended.IsCompleted: false } instance)
            {
                return null;
            }

            _instance = null;
            return instance;
        }
    }

    /// <summary>A worker of a group has become ready: keeps a spare for the group, unless another group has one.</summary>
    /// <param name="group">The group.</param>
    /// <param name="hasLost">Whether the group has lost a worker: then it gets the spare of another group.</param>
    public void Keep(WorkerGroup group, bool hasLost)
    {
        WorkerInstance? former = null;
        lock (_lock)
        {
            if (!hasLost && _group is not null && !ReferenceEquals(_group, group))
            {
                return;
            }

            if (!ReferenceEquals(_group, group))
            {
                (former, _instance) = (_instance, null);
                _group = group;
            }

            if (_instance is null)
            {
                _timer?.Dispose();
                _timer = time.CreateGuardedTimer(this, static spare => spare.Start(), Delay, Timeout.InfiniteTimeSpan);
            }
        }

        if (former is not null)
        {
            EndAsync(former).Forget(logger);
        }
    }

    /// <summary>The group needs no spare any more: nothing is asked of it, or it stops.</summary>
    public async Task ReleaseAsync(WorkerGroup group)
    {
        WorkerInstance? instance;
        Task starting;
        lock (_lock)
        {
            if (!ReferenceEquals(_group, group))
            {
                return;
            }

            _group = null;
            _timer?.Dispose();
            (instance, _instance) = (_instance, null);
            starting = _starting;
        }

        if (instance is not null)
        {
            await EndAsync(instance).ConfigureAwait(false);
        }

        await starting.ConfigureAwait(false);
    }

    private void Start()
    {
        lock (_lock)
        {
            if (_group is { } group && _instance is null && _starting.IsCompleted)
            {
                _starting = StartAsync(group);
            }
        }
    }

    private async Task StartAsync(WorkerGroup group)
    {
        await Task.Yield();
        WorkerInstance instance;
        try
        {
            instance = await group.StartSpareAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is WorkerException or OperationCanceledException)
        {
            // The group's next worker starts when it is needed, and says then what is wrong.
            logger.SpareFailed(group.Title, e.Message);
            return;
        }

        bool isWanted;
        lock (_lock)
        {
            isWanted = ReferenceEquals(_group, group) && _instance is null;
            _instance = isWanted ? instance : null;
        }

        if (isWanted)
        {
            WatchAsync(group, instance).Forget(logger);
            await group.DeployAllAsync(instance).ConfigureAwait(false);
            logger.SpareReady(group.Title, instance.Pid);
        }
        else
        {
            await instance.DisposeAsync().ConfigureAwait(false);
        }
    }

    // A spare that ends by itself is not started again at once: the next worker that becomes ready brings another.
    private async Task WatchAsync(WorkerGroup group, WorkerInstance instance)
    {
        await instance.Ended.ConfigureAwait(false);
        var isOurs = false;
        lock (_lock)
        {
            if (ReferenceEquals(_instance, instance))
            {
                _instance = null;
                isOurs = true;
            }
        }

        if (isOurs)
        {
            logger.SpareLost(group.Title, instance.Pid);
            await instance.DisposeAsync().ConfigureAwait(false);
        }
    }

    // It has no requests that could wait.
    private static async Task EndAsync(WorkerInstance instance)
    {
        await instance.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        await instance.DisposeAsync().ConfigureAwait(false);
    }
}
