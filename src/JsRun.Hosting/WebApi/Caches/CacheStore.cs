using System.Diagnostics;

namespace JsRun.WebApi.Caches;

/// <summary>
/// The caches of one pool group, in memory. Where they are full the entries that were not used for the longest time go first. Thread-safe; what is decided about an entry
/// (methods, <c>Vary</c>) is JavaScript's part.
/// </summary>
internal sealed class CacheStore(long maxBytes)
{
    // What a name costs, so that empty caches count too.
    private const int NameSize = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, OrderedDictionary<int, CacheEntry>> _caches = new(StringComparer.Ordinal);
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

    public string[] Names
    {
        get
        {
            lock (_lock)
            {
                return [.. _names];
            }
        }
    }

    public bool Has(string name)
    {
        lock (_lock)
        {
            return _caches.ContainsKey(name);
        }
    }

    /// <returns>Whether there is room for one more.</returns>
    public bool Open(string name)
    {
        lock (_lock)
        {
            if (_caches.ContainsKey(name))
            {
                return true;
            }

            if (!MakeRoom_NeedsLock(NameSize + (2 * name.Length)))
            {
                return false;
            }

            _bytes += NameSize + (2 * name.Length);
            _caches.Add(name, []);
            _names.Add(name);
            return true;
        }
    }

    public bool Delete(string name)
    {
        lock (_lock)
        {
            if (!_caches.Remove(name, out var cache))
            {
                return false;
            }

            foreach (var (id, entry) in cache)
            {
                Forget_NeedsLock(id, entry);
            }

            _names.Remove(name);
            _bytes -= NameSize + (2 * name.Length);
            return true;
        }
    }

    /// <summary>The entries of a cache in the order in which they came.</summary>
    /// <param name="name">The cache.</param>
    /// <param name="url">Which URL they have; <see langword="null"/> for all.</param>
    /// <param name="ignoreQuery">Whether only the URL up to its query counts.</param>
    public IReadOnlyList<(int Id, CacheEntry Entry)> Find(string name, string? url, bool ignoreQuery)
    {
        var path = url is null ? "" : CacheEntry.PathOf(url);
        lock (_lock)
        {
            return _caches.TryGetValue(name, out var cache)
                ? [.. cache.Where(e => url is null || (ignoreQuery ? e.Value.Path == path : e.Value.Url == url)).Select(e => (e.Key, e.Value))]
                : [];
        }
    }

    /// <summary>The entry, which counts as used.</summary>
    public CacheEntry? Take(string name, int id)
    {
        lock (_lock)
        {
            if (!_caches.TryGetValue(name, out var cache) || !cache.TryGetValue(id, out var entry))
            {
                return null;
            }

            var place = _places[id];
            _used.Remove(place);
            _used.AddLast(place);
            return entry;
        }
    }

    /// <summary>Adds an entry in the place of others.</summary>
    /// <returns>Whether there was room for it.</returns>
    public bool Put(string name, CacheEntry entry, IEnumerable<int> replaced)
    {
        lock (_lock)
        {
            // A cache that was deleted meanwhile is written to by nobody else: what is put there is gone.
            if (!_caches.TryGetValue(name, out var cache))
            {
                return true;
            }

            Remove_NeedsLock(cache, replaced);
            if (!MakeRoom_NeedsLock(entry.Size))
            {
                return false;
            }

            var id = ++_lastId;
            cache.Add(id, entry);
            _places.Add(id, _used.AddLast((name, id)));
            _bytes += entry.Size;
            return true;
        }
    }

    public void Remove(string name, IEnumerable<int> ids)
    {
        lock (_lock)
        {
            if (_caches.TryGetValue(name, out var cache))
            {
                Remove_NeedsLock(cache, ids);
            }
        }
    }

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

    private void Remove_NeedsLock(OrderedDictionary<int, CacheEntry> cache, IEnumerable<int> ids)
    {
        Debug.Assert(_lock.IsHeldByCurrentThread, "The lock guards the caches.");
        foreach (var id in ids)
        {
            if (cache.Remove(id, out var entry))
            {
                Forget_NeedsLock(id, entry);
            }
        }
    }

    private void Forget_NeedsLock(int id, CacheEntry entry)
    {
        Debug.Assert(_lock.IsHeldByCurrentThread, "The lock guards the caches.");
        _used.Remove(_places[id]);
        _places.Remove(id);
        _bytes -= entry.Size;
    }
}
