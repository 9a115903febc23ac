using System.Collections;
using System.Diagnostics.CodeAnalysis;
using JsRun.Values;

namespace JsRun;

/// <summary>The entries of a JavaScript <c>Map</c>, in their order. Keys are any values, compared as JavaScript does (SameValueZero). Not thread-safe.</summary>
public sealed class JsMap : IReadOnlyCollection<KeyValuePair<object?, object?>>
{
    // .NET's dictionaries have no null key.
    private static readonly object NullKey = new();
    private readonly OrderedDictionary<object, KeyValuePair<object?, object?>> _entries = new(SameValueZeroComparer.Instance);

    /// <summary>Creates an empty map.</summary>
    public JsMap()
    {
    }

    /// <summary>Creates a map of entries; of those with the same key, the last one counts.</summary>
    /// <param name="entries">The entries.</param>
    /// <exception cref="ArgumentNullException"><paramref name="entries"/> is <see langword="null"/>.</exception>
    public JsMap(IEnumerable<KeyValuePair<object?, object?>> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        foreach (var (key, value) in entries)
        {
            this[key] = value;
        }
    }

    /// <inheritdoc/>
    public int Count => _entries.Count;

    /// <summary>The value of a key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The value.</returns>
    /// <exception cref="KeyNotFoundException">There is no such key.</exception>
    public object? this[object? key]
    {
        get => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"The map has no key '{key ?? "null"}'.");
        set => _entries[key ?? NullKey] = new KeyValuePair<object?, object?>(key, value);
    }

    /// <summary>Returns whether there is an entry with the key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Whether it is there.</returns>
    public bool ContainsKey(object? key) => _entries.ContainsKey(key ?? NullKey);

    /// <summary>Finds the value of a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Its value.</param>
    /// <returns>Whether it is there.</returns>
    public bool TryGetValue(object? key, [MaybeNullWhen(true)] out object? value)
    {
        var found = _entries.TryGetValue(key ?? NullKey, out var entry);
        value = entry.Value;
        return found;
    }

    /// <summary>Takes an entry out.</summary>
    /// <param name="key">Its key.</param>
    /// <returns>Whether it was there.</returns>
    public bool Remove(object? key) => _entries.Remove(key ?? NullKey);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<object?, object?>> GetEnumerator() => _entries.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
