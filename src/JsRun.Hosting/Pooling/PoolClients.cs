using System.Diagnostics;
using JsRun.Scheduling;
using Microsoft.Extensions.Logging;

namespace JsRun.Pooling;

/// <summary>
/// Sees to it that requests which depend on their clients, open response streams and slow uploads, leave some leases to others and do not keep isolates that retire. Methods
/// whose names end in <c>_NeedsLock</c> are called by a holder of the pool's lock; whom it ends is told without it.
/// </summary>
/// <typeparam name="TIsolate">The type of the isolates.</typeparam>
internal sealed class PoolClients<TIsolate> : IDisposable
    where TIsolate : class, IPooledIsolate
{
    // A shorter wait costs little and is not logged.
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LogEvery = TimeSpan.FromSeconds(10);

    private readonly string _group;
    private readonly PoolSlots<TIsolate> _slots;
    private readonly PoolQueue<TIsolate> _queue;
    private readonly Lock _sync;
    private readonly JsRunPoolOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _patience;
    private long? _logged;
    private bool _disposed;

    public PoolClients(string group, PoolQueue<TIsolate> queue, PoolSlots<TIsolate> slots, JsRunPoolOptions options, TimeProvider time, ILogger logger)
    {
        (_group, _queue, _slots, _sync, _options, _time, _logger) = (group, queue, slots, slots.Lock, options, time, logger);
        _patience = time.CreateGuardedTimer(this, static clients => clients.OnWait(), Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    // At least one: else there could be no stream at all.
    private int Most => Math.Max(1, (int)((long)Capacity * _options.MaxStreamPercent / 100));

    private int Capacity => _options.MaxIsolates * _options.LeasesPerIsolate;

    /// <summary>Leases that such requests have held for more than a moment.</summary>
    public int Count_NeedsLock() => _slots.Serving_NeedsLock().Sum(s => s.Out.Count(IsLong));

    /// <summary>Whether one more stream may begin: beyond their part of the leases only while half of the rest is free.</summary>
    public bool MayStream_NeedsLock() => Count_NeedsLock() < Most || (Capacity - CountLeases_NeedsLock()) * 2 > Capacity - Most;

    /// <summary>Somebody waits for a lease.</summary>
    public void Notice_NeedsLock()
    {
        Debug.Assert(_sync.IsHeldByCurrentThread, "The pool's lock guards the clients.");
        if (_queue.Count == 1 && !_disposed)
        {
            _patience.Change(Short, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>An isolate takes no more leases. Those on it that depend on their clients have some time to end.</summary>
    /// <returns>Whether the caller is to stop it now.</returns>
    public bool Retire_NeedsLock(PoolSlot<TIsolate> slot)
    {
        if (!slot.Drain_NeedsLock())
        {
            return false;
        }

        if (slot.TryEnd_NeedsLock())
        {
            return true;
        }

        slot.Patience = _time.CreateGuardedTimer(slot, EndClients, _options.RetireTimeout, _options.RetireTimeout);
        // What retires takes memory as well: where too many do, the first goes now.
        if (_slots.CountDraining_NeedsLock() > Math.Max(1, _options.MaxIsolates / 2))
        {
            _slots.FirstDraining_NeedsLock()!.Patience?.Change(TimeSpan.Zero, _options.RetireTimeout);
        }

        return false;
    }

    /// <summary>Nobody is ended any more. Not under the lock.</summary>
    public void Dispose()
    {
        lock (_sync)
        {
            _disposed = true;
            foreach (var slot in _slots.All_NeedsLock())
            {
                slot.Patience?.Dispose();
            }
        }

        _patience.Dispose();
    }

    // Somebody has waited for a while: those that depend on their clients make room, as far as they hold more than their part. The newest first, and no more than are needed.
    private void OnWait()
    {
        PoolLease<TIsolate>[] surplus;
        lock (_sync)
        {
            if (_disposed || _queue.Peek_NeedsLock() is null)
            {
                return;
            }

            _patience.Change(Short, Timeout.InfiniteTimeSpan);
            if (_queue.LongestWait_NeedsLock() < Short)
            {
                return;
            }

            var clients = _slots.Serving_NeedsLock().SelectMany(s => s.Out.Where(IsLong)).OrderByDescending(static l => l.Taken).ToArray();
            surplus = [.. clients.Take(Math.Min(clients.Length - Most, _queue.Count))];
            Log_NeedsLock(clients);
        }

        foreach (var lease in surplus)
        {
            lease.Holder!.Displace(
                $"Other requests wait, and open streams and slow uploads hold more than JsRun:Pool:MaxStreamPercent ({_options.MaxStreamPercent} %) of the leases.");
        }
    }

    private void EndClients(PoolSlot<TIsolate> slot)
    {
        PoolLease<TIsolate>[] clients;
        lock (_sync)
        {
            clients = _disposed ? [] : [.. slot.Out.Where(static l => l.Holder is { AwaitsClient: true })];
        }

        if (clients.Length > 0)
        {
            _logger.RetiredClientsEnded(clients.Length, slot.Isolate.Name, _group);
        }

        foreach (var lease in clients)
        {
            lease.Holder!.Displace("Its isolate was replaced some time ago (JsRun:Pool:RetireTimeout).");
        }
    }

    private void Log_NeedsLock(PoolLease<TIsolate>[] clients)
    {
        Debug.Assert(_sync.IsHeldByCurrentThread, "The pool's lock guards the clients.");
        if (_logged is { } last && _time.GetElapsedTime(last) < LogEvery)
        {
            return;
        }

        _logged = _time.GetTimestamp();
        var holders = clients.GroupBy(static l => l.Holder!.Name).OrderByDescending(static g => g.Count()).Take(3)
            .Select(static g => $"{g.Count()} of {g.Key}");
        _logger.RequestsWait(_group, _queue.Count, CountLeases_NeedsLock(), Capacity, clients.Length, string.Join(", ", holders.DefaultIfEmpty("none")));
    }

    private int CountLeases_NeedsLock() => _slots.Serving_NeedsLock().Sum(static s => s.Leases);

    private bool IsLong(PoolLease<TIsolate> lease) => lease.Holder is { AwaitsClient: true } && _time.GetElapsedTime(lease.Taken) >= Short;
}
