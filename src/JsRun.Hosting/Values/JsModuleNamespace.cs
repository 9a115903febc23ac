using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace JsRun;

/// <summary>
/// The exports of a module when the import ended: a copy, in which functions are <see cref="JsFunction"/> with the module's namespace as their receiver. Immutable and thread-safe.
/// </summary>
public sealed class JsModuleNamespace : IReadOnlyDictionary<string, object?>
{
    private readonly IReadOnlyDictionary<string, object?> _exports;

    internal JsModuleNamespace(string url, IReadOnlyDictionary<string, object?> exports)
    {
        Url = url;
        _exports = exports;
    }

    /// <summary>The module's URL, its <c>import.meta.url</c>.</summary>
    public string Url { get; }

    /// <summary>The default export.</summary>
    /// <value><see cref="JsUndefined.Value"/> where there is none.</value>
    public object? Default => _exports.TryGetValue("default", out var value) ? value : JsUndefined.Value;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _exports.Keys;

    /// <inheritdoc/>
    public IEnumerable<object?> Values => _exports.Values;

    /// <inheritdoc/>
    public int Count => _exports.Count;

    /// <summary>An export.</summary>
    /// <param name="key">Its name.</param>
    /// <returns>The value.</returns>
    /// <exception cref="KeyNotFoundException">The module has no such export.</exception>
    public object? this[string key] => _exports.TryGetValue(key, out var value)
        ? value
        : throw new KeyNotFoundException($"The module {Url} has no export '{key}'. It has: {(Count == 0 ? "none" : string.Join(", ", _exports.Keys))}.");

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _exports.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value) => _exports.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _exports.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
