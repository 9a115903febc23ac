using System.Collections.Concurrent;
using System.Security.Cryptography;
using JsRun.Engine.Isolates;
using JsRun.Groups;
using JsRun.Scheduling;
using JsRun.Workers.Brokering;
using JsRun.Workers.Sandbox;
using Microsoft.Extensions.Logging;

namespace JsRun.Workers;

/// <summary>The worker processes of a pool group, and the functions that they host. Thread-safe.</summary>
internal sealed class WorkerGroup : IDisposable
{
    private const int KeyBytes = 32;
    private const string RunningFile = "f";

    // The limit of a worker's own memory beside that of its isolates.
    private const long HostedBytes = 256L << 20;

    // Stacks, compiled code and what V8 has beside its heaps.
    private const long OutsideBytes = 2L << 30;

    // V8 reserves a range for the code of each isolate, which counts as memory although hardly any of it is used.
    private const long CodeRangeBytes = 512L << 20;

    // Requests beyond which the next worker takes one.
    private const int Busy = 32;

    private static readonly TimeSpan TimeToReport = TimeSpan.FromSeconds(2);

    private readonly WorkerServices _services;
    private readonly PoolGroup _group;
    private readonly WorkerSlot[] _slots;
    private readonly BrokeredBindings _bindings;
    private readonly BrokeredCaches _caches;
    private readonly ConcurrentDictionary<int, ForwardedFunction> _functions = new();
    private readonly ITimer _idle;
    private readonly CancellationTokenSource _stopping = new();
    private long _lastUse;
    private volatile JsPoolStatus _pool = new();

    public WorkerGroup(PoolGroup group, WorkerServices services)
    {
        _group = group;
        _services = services;
        Logger = services.Loggers.CreateLogger<WorkerGroup>();
        _bindings = new BrokeredBindings(group.Context, services.Loggers.CreateLogger<IsolateServices>());
        _caches = new BrokeredCaches(group.Context, group.Name, Logger);
        _slots = [.. Enumerable.Range(1, group.Options.Workers.Count).Select(number => new WorkerSlot(this, number))];
        var timeout = group.Options.Workers.IdleTimeout;
        _idle = services.Time.CreateGuardedTimer(this, static group => group.StopIdle(), timeout, timeout);
    }

    public string Name => _group.Name;

    /// <summary>Its name in messages.</summary>
    public string Title => Name.Length == 0 ? "the default group" : $"the group '{Name}'";

    public TimeProvider Time => _services.Time;

    public ILogger Logger { get; }

    /// <summary>The longest time that a process which is replaced has to finish its requests.</summary>
    public TimeSpan DrainTime => _services.Options.Pool.RetireTimeout;

    public JsPoolStatus Pool => _pool;

    public IEnumerable<WorkerStatus> Status => _services.Spare.Of(this) is { } spare
        ? [.. Workers, new WorkerStatus(Name, spare.Pid, WorkerState.Spare, 0, spare.Sandbox?.ToData())]
        : Workers;

    private IEnumerable<WorkerStatus> Workers => _slots.Select(static slot => slot.Status).OfType<WorkerStatus>();

    // All processes that host its functions.
    private IEnumerable<WorkerInstance> Instances => _slots.Select(static slot => slot.Current).Append(_services.Spare.Of(this)).OfType<WorkerInstance>();

    public void Add(ForwardedFunction function) => _functions[function.Id] = function;

    public async Task RemoveAsync(ForwardedFunction function)
    {
        _functions.TryRemove(function.Id, out _);
        foreach (var instance in Instances)
        {
            instance.Remove(function.Id);
            await IgnoreLossAsync(instance.Control.RemoveAsync(function.Id, CancellationToken.None)).ConfigureAwait(false);
        }
    }

    /// <summary>The worker for a request of a function: always the same one, unless it is busy and another is not.</summary>
    public ValueTask<WorkerInstance> GetAsync(ForwardedFunction function, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _lastUse, Time.GetTimestamp());
        var home = function.Id % _slots.Length;
        var slot = _slots[home];
        for (var next = 1; next < _slots.Length && slot.Current?.InFlight >= Busy; next++)
        {
            slot = _slots[(home + next) % _slots.Length];
        }

        // If all are busy it is at home where the code is warm.
        slot = slot.Current?.InFlight >= Busy ? _slots[home] : slot;
        if (slot.Current is { } instance && !instance.Roots.Contains(function.Descriptor.Root))
        {
            // It was mapped later: the process has no access to its folder.
            slot.Replace(instance);
        }

        return slot.GetAsync(cancellationToken);
    }

    /// <summary>Deploys a function, or its files anew, in every process.</summary>
    /// <returns>What the first of them says.</returns>
    public async Task<FunctionReport> DeployAsync(ForwardedFunction function, CancellationToken cancellationToken)
    {
        var home = await GetAsync(function, cancellationToken).ConfigureAwait(false);
        FunctionReport? report = null;
        foreach (var instance in Instances.Append(home).Distinct())
        {
            // A process that has just started has begun with it already.
            var deploying = function.Generation == 0 && instance.DeploymentOf(function.Id) is { } begun ? begun : instance.DeployAsync(function.Order(), cancellationToken);
            if (ReferenceEquals(instance, home))
            {
                report = await deploying.ConfigureAwait(false);
            }
            else
            {
                await IgnoreLossAsync(deploying).ConfigureAwait(false);
            }
        }

        return report!;
    }

    /// <summary>Takes the spare process, if the group has one that can host all of its functions, or starts one.</summary>
    public async Task<WorkerInstance> StartAsync(CancellationToken cancellationToken)
    {
        if (_services.Spare.Take(this) is { } spare)
        {
            if (_functions.Values.All(f => spare.Roots.Contains(f.Descriptor.Root)))
            {
                return spare;
            }

            await spare.DisposeAsync().ConfigureAwait(false);
        }

        return await StartProcessAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts a process that waits until it is needed.</summary>
    public Task<WorkerInstance> StartSpareAsync() => StartProcessAsync(_stopping.Token);

    /// <summary>A worker has deployed the group's functions.</summary>
    /// <param name="hasLost">Whether it takes the place of one that was lost.</param>
    public void Ready(bool hasLost) => _services.Spare.Keep(this, hasLost);

    private async Task<WorkerInstance> StartProcessAsync(CancellationToken cancellationToken)
    {
        var limits = _group.Options.Limits;
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));
        var broker = new WorkerBroker(_group, _services, _bindings, _caches, new WorkerLog(_services.Loggers, _services.Logger, Time));
        broker.FunctionChanged = report =>
        {
            // What a spare says counts when it serves.
            if (!ReferenceEquals(_services.Spare.Of(this)?.Broker, broker))
            {
                Find(report.Id)?.Report(report);
            }
        };
        broker.Broadcast = messages => BroadcastAsync(broker, messages);
        var roots = _functions.Values.Select(static f => f.Descriptor.Root).ToHashSet(StringComparer.Ordinal);
        return await WorkerInstance.StartAsync(
            _services.Launcher,
            _services.Files,
            folder => Confine(roots, folder),
            HostedBytes + limits.MaxHeapBytes,
            folder => new WorkerSettings
            {
                Group = Name,
                Configuration = WorkerConfiguration.ToJson(Name, _group.Options, _services.Options, _services.Environment.GetStrings(_group.Options.Env, _group.Context.Permissions)),
                ContentRoot = _services.Host.ContentRootPath,
                Environment = _services.Host.EnvironmentName,
                RequestSocket = Path.Combine(folder, "r"),
                BrokerSocket = Path.Combine(folder, "b"),
                RunningFile = Path.Combine(folder, RunningFile),
                Bindings = _bindings.Description,
                IsOneOfSeveral = _slots.Length > 1,
                IsConfined = _group.Options.Workers.Sandbox != JsWorkerSandbox.Off,
                Key = key,
            },
            broker,
            roots,
            Time,
            cancellationToken).ConfigureAwait(false);
    }

    private Task BroadcastAsync(WorkerBroker from, IReadOnlyList<BroadcastMessage> messages) =>
        Task.WhenAll(_slots.Select(static slot => slot.Current).OfType<WorkerInstance>().Where(instance => !ReferenceEquals(instance.Broker, from))
            .Select(instance => IgnoreLossAsync(instance.Control.BroadcastAsync(messages, CancellationToken.None))));

    /// <summary>Begins to deploy all functions in a process that has started.</summary>
    public async Task DeployAllAsync(WorkerInstance instance)
    {
        // A spare has deployed them already, unless one came meanwhile.
        var deployments = _functions.Values.Where(static f => f.Suspended is null).Select(function => (Function: function, Report: instance.DeploymentOf(function.Id) ?? instance.DeployAsync(function.Order(), CancellationToken.None))).ToArray();
        foreach (var (function, report) in deployments)
        {
            await IgnoreLossAsync(report).ConfigureAwait(false);
            if (report.IsCompletedSuccessfully && !ReferenceEquals(_services.Spare.Of(this), instance))
            {
                function.Report(await report.ConfigureAwait(false));
            }
        }
    }

    /// <summary>A process was lost while functions ran.</summary>
    /// <returns>Their names; empty if none ran.</returns>
    public string Lost(IReadOnlyList<int> running)
    {
        var functions = running.Select(Find).OfType<ForwardedFunction>().ToArray();
        foreach (var function in functions)
        {
            if (function.Lost() is { } suspension)
            {
                Logger.FunctionSuspended(function.Descriptor.Name, Title, suspension, function.Losses);
            }
        }

        _services.Metrics.WorkerLost(Name);
        return string.Join(", ", functions.Select(static f => f.Descriptor.Name));
    }

    /// <summary>A request did not end in time: if a thread of its process cannot be stopped, another process takes its place.</summary>
    public async Task CheckAsync(WorkerInstance instance)
    {
        using var patience = new CancellationTokenSource(TimeToReport, GuardedTime.Of(Time));
        var stuck = -1;
        try
        {
            stuck = (await instance.Control.ReportAsync(patience.Token).ConfigureAwait(false)).Pool.Quarantined;
        }
        catch (Exception e) when (e is OperationCanceledException or StreamJsonRpc.RemoteRpcException or IOException or ObjectDisposedException)
        {
            // It does not even answer.
        }

        if (stuck != 0 && !instance.IsStopping && _slots.FirstOrDefault(slot => ReferenceEquals(slot.Current, instance)) is { } slot)
        {
            Logger.WorkerHangs(Array.IndexOf(_slots, slot) + 1, Title, instance.Pid, Math.Max(stuck, 1));
            slot.Replace(instance);
        }
    }

    /// <summary>Asks the processes for the state of their pools and functions.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var sum = new JsPoolStatus { MaxIsolates = _services.Options.Pool.MaxIsolates * _slots.Length, QueueLimit = _services.Options.Pool.QueueLimit };
        foreach (var instance in _slots.Select(static slot => slot.Current).OfType<WorkerInstance>())
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(TimeToReport);
            var reporting = instance.Control.ReportAsync(patience.Token);
            await IgnoreLossAsync(reporting).ConfigureAwait(false);
            if (!reporting.IsCompletedSuccessfully)
            {
                continue;
            }

            var report = await reporting.ConfigureAwait(false);
            foreach (var function in report.Functions)
            {
                Find(function.Id)?.Report(function);
            }

            var pool = report.Pool;
            sum = sum with
            {
                Isolates = sum.Isolates + pool.Isolates,
                Retiring = sum.Retiring + pool.Retiring,
                Quarantined = sum.Quarantined + pool.Quarantined,
                Leases = sum.Leases + pool.Leases,
                Queued = sum.Queued + pool.Queued,
                Streams = sum.Streams + pool.Streams,
                LongestWait = pool.LongestWait > sum.LongestWait ? pool.LongestWait : sum.LongestWait,
            };
        }

        _pool = sum;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _idle.Dispose();
        _stopping.Cancel();
        return Task.WhenAll(_slots.Select(slot => slot.StopAsync(cancellationToken)).Append(_services.Spare.ReleaseAsync(this)));
    }

    public void Dispose()
    {
        _idle.Dispose();
        _stopping.Dispose();
        foreach (var slot in _slots)
        {
            slot.Dispose();
        }
    }

    private SandboxPolicy? Confine(IReadOnlyCollection<string> roots, string folder)
    {
        if (_group.Options.Workers.Sandbox == JsWorkerSandbox.Off || !OperatingSystem.IsLinux())
        {
            return null;
        }

        var limits = _group.Options.Limits;
        return new SandboxPolicy
        {
            ParentProcess = System.Environment.ProcessId,
            AssemblyFolders = [.. new[] { AppContext.BaseDirectory, Path.GetDirectoryName(WorkerLauncher.Locate().Worker)! }.Distinct()],
            ReadablePaths = [.. roots],
            WritableFiles = [Path.Combine(folder, RunningFile)],
            SocketFolder = folder,
            MaxMemoryBytes = HostedBytes + OutsideBytes + (MostIsolates * (limits.MaxHeapBytes + limits.MaxArrayBufferBytes + CodeRangeBytes)),
        };
    }

    // Those of the pool, as many that retire, and those that compile modules.
    private int MostIsolates => (2 * _services.Options.Pool.MaxIsolates) + (2 * System.Environment.ProcessorCount);

    private ForwardedFunction? Find(int id) => _functions.GetValueOrDefault(id);

    private void StopIdle()
    {
        if (Time.GetElapsedTime(Volatile.Read(ref _lastUse)) >= _group.Options.Workers.IdleTimeout)
        {
            foreach (var slot in _slots)
            {
                slot.StopIdle();
            }

            _services.Spare.ReleaseAsync(this).Forget(Logger);
        }
    }

    // A process that ends meanwhile is noticed where it is watched.
    private static async Task IgnoreLossAsync(Task call)
    {
        try
        {
            await call.ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or StreamJsonRpc.RemoteRpcException or IOException or ObjectDisposedException)
        {
            // It is in the log there.
        }
    }
}
