using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace JsRun.Bindings;

/// <summary>An object's members, which tells whose turn it is while they are written.</summary>
internal sealed class WatchedMembers(IReadOnlyDictionary<string, object?> members, Action<string> begin) : IReadOnlyDictionary<string, object?>
{
    public int Count => members.Count;

    public IEnumerable<string> Keys => members.Keys;

    public IEnumerable<object?> Values => members.Values;

    public object? this[string key] => members[key];

    public bool ContainsKey(string key) => members.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value) => members.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        foreach (var member in members)
        {
            begin(member.Key);
            yield return member;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
