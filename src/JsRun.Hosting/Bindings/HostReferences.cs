namespace JsRun.Bindings;

/// <summary>
/// The host functions and host objects of one context, by the numbers that JavaScript knows them by. What was granted under a name is revoked when the name is bound anew. Thread-safe: values are
/// written on any thread.
/// </summary>
internal sealed class HostReferences
{
    /// <summary>The wire's letters for what is kept here (<c>JavaScript/src/bindings/references.ts</c>).</summary>
    public const char FunctionKind = 'H';
    public const char ObjectKind = 'O';

    private readonly Lock _lock = new();
    private readonly Dictionary<int, object> _granted = [];
    private readonly Dictionary<object, int> _shared = [];
    private readonly Dictionary<string, List<int>> _byName = new(StringComparer.Ordinal);
    private int _last;

    /// <summary>Whether a value is one of those that are kept here.</summary>
    public static bool IsKept(object value) => value is Delegate or HostFunction or HostObject or IJsExportable;

    /// <summary>Grants something that is sent as a value: the same thing has the same number each time, until the context ends.</summary>
    public (char Kind, int Id) Share(object value)
    {
        lock (_lock)
        {
            if (_shared.TryGetValue(value, out var known))
            {
                return (KindOf(_granted[known]), known);
            }

            var kept = BindingTree.ToKept(value);
            var id = Add(kept);
            _shared.Add(value, id);
            return (KindOf(kept), id);
        }
    }

    /// <summary>Grants something under a name's binding.</summary>
    /// <param name="value">What is bound.</param>
    /// <param name="granted">Where the number is noted, for <see cref="Replace"/>.</param>
    public (char Kind, int Id) Grant(object value, ICollection<int> granted)
    {
        lock (_lock)
        {
            var kept = BindingTree.ToKept(value);
            var id = Add(kept);
            granted.Add(id);
            return (KindOf(kept), id);
        }
    }

    /// <summary>A name is bound: what it had before is revoked, unless the new members come beside the old.</summary>
    public void Replace(string name, IEnumerable<int> granted, JsBindMode mode)
    {
        lock (_lock)
        {
            if (mode == JsBindMode.Merge && _byName.TryGetValue(name, out var known))
            {
                known.AddRange(granted);
                return;
            }

            Revoke(_byName.GetValueOrDefault(name) ?? []);
            _byName[name] = [.. granted];
        }
    }

    public void Revoke(IEnumerable<int> granted)
    {
        lock (_lock)
        {
            foreach (var id in granted)
            {
                _granted.Remove(id);
            }
        }
    }

    public HostFunction? FindFunction(int id) => Find(id) as HostFunction;

    public HostObject? FindObject(int id) => Find(id) as HostObject;

    private static char KindOf(object kept) => kept is HostFunction ? FunctionKind : ObjectKind;

    private object? Find(int id)
    {
        lock (_lock)
        {
            return _granted.GetValueOrDefault(id);
        }
    }

    private int Add(object kept)
    {
        _granted.Add(++_last, kept);
        return _last;
    }
}
