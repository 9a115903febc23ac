using System.Diagnostics;

namespace JsRun.WebApi.Caches;

/// <summary>
/// The caches of one pool group, in memory. Where they are full the entries that were not used for the longest time go first. Thread-safe; each member answers at once.
/// </summary>
internal sealed class MemoryCacheStore(long maxBytes) : IJsCacheStore
{
    // What a name costs, so that empty caches count too.
    private const int NameSize = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, OrderedDictionary<int, JsCacheEntry>> _caches = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly LinkedList<(string Cache, int Id)> _used = [];
    private readonly Dictionary<int, LinkedListNode<(string Cache, int Id)>> _places = [];
    private long _bytes;
    private int _lastId;

    /// <summary>All that is kept.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
            {
                return _bytes;
            }
        }
    }

    public ValueTask<IReadOnlyList<string>> GetNamesAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return ValueTask.FromResult<IReadOnlyList<string>>([.. _names]);
        }
    }

    public ValueTask<bool> HasAsync(string cache, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return ValueTask.FromResult(_caches.ContainsKey(cache));
        }
    }

    public ValueTask<bool> OpenAsync(string cache, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_caches.ContainsKey(cache))
            {
                return ValueTask.FromResult(true);
            }

            if (!MakeRoom_NeedsLock(SizeOf(cache)))
            {
                return ValueTask.FromResult(false);
            }

            _bytes += SizeOf(cache);
            _caches.Add(cache, []);
            _names.Add(cache);
            return ValueTask.FromResult(true);
        }
    }

    public ValueTask<bool> DeleteAsync(string cache, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_caches.Remove(cache, out var entries))
            {
                return ValueTask.FromResult(false);
            }

            foreach (var (id, entry) in entries)
            {
                Forget_NeedsLock(id, entry);
            }

            _names.Remove(cache);
            _bytes -= SizeOf(cache);
            return ValueTask.FromResult(true);
        }
    }

    public ValueTask<IReadOnlyList<JsCacheEntry>> MatchAsync(string cache, JsCacheQuery query, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var found = new List<JsCacheEntry>();
            if (_caches.TryGetValue(cache, out var entries))
            {
                foreach (var (id, entry) in entries)
                {
                    if (!query.Matches(entry))
                    {
                        continue;
                    }

                    found.Add(entry);
                    if (query.IncludesBody)
                    {
                        Use_NeedsLock(id);
                    }
                }
            }

            return ValueTask.FromResult<IReadOnlyList<JsCacheEntry>>(found);
        }
    }

    public ValueTask<bool> PutAsync(string cache, JsCacheEntry entry, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // A cache that was deleted meanwhile is written to by nobody else: what is put there is gone.
            if (!_caches.TryGetValue(cache, out var entries))
            {
                return ValueTask.FromResult(true);
            }

            Remove_NeedsLock(entries, [.. entries.Where(e => entry.Replaces(e.Value)).Select(static e => e.Key)]);
            if (!MakeRoom_NeedsLock(entry.Size))
            {
                return ValueTask.FromResult(false);
            }

            var id = ++_lastId;
            entries.Add(id, entry);
            _places.Add(id, _used.AddLast((cache, id)));
            _bytes += entry.Size;
            return ValueTask.FromResult(true);
        }
    }

    public ValueTask<bool> RemoveAsync(string cache, JsCacheQuery query, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_caches.TryGetValue(cache, out var entries))
            {
                return ValueTask.FromResult(false);
            }

            int[] ids = [.. entries.Where(e => query.Matches(e.Value)).Select(static e => e.Key)];
            Remove_NeedsLock(entries, ids);
            return ValueTask.FromResult(ids.Length > 0);
        }
    }

    private static int SizeOf(string cache) => NameSize + (2 * cache.Length);

    private bool MakeRoom_NeedsLock(long size)
    {
        Debug.Assert(_lock.IsHeldByCurrentThread, "The lock guards the caches.");
        if (size > maxBytes)
        {
            return false;
        }

        while (_bytes + size > maxBytes && _used.First is { } oldest)
        {
            Remove_NeedsLock(_caches[oldest.Value.Cache], [oldest.Value.Id]);
        }

        return _bytes + size <= maxBytes;
    }

    private void Use_NeedsLock(int id)
    {
        Debug.Assert(_lock.IsHeldByCurrentThread, "The lock guards the caches.");
        var place = _places[id];
        _used.Remove(place);
        _used.AddLast(place);
    }

    private void Remove_NeedsLock(OrderedDictionary<int, JsCacheEntry> entries, ReadOnlySpan<int> ids)
    {
        Debug.Assert(_lock.IsHeldByCurrentThread, "The lock guards the caches.");
        foreach (var id in ids)
        {
            if (entries.Remove(id, out var entry))
            {
                Forget_NeedsLock(id, entry);
            }
        }
    }

    private void Forget_NeedsLock(int id, JsCacheEntry entry)
    {
        Debug.Assert(_lock.IsHeldByCurrentThread, "The lock guards the caches.");
        _used.Remove(_places[id]);
        _places.Remove(id);
        _bytes -= entry.Size;
    }
}
