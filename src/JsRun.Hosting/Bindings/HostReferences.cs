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
    private readonly Dictionary<int, IReadOnlyList<(string Member, int Id)>> _members = [];
    private readonly Dictionary<string, List<(string Member, int Id)>> _byName = new(StringComparer.Ordinal);
    private int _last;

    /// <summary>The letter for a value that is kept here; none for all others.</summary>
    public static char KindOf(object value) => value switch
    {
        Delegate or HostFunction => FunctionKind,
        HostObject or IJsExportable => ObjectKind,
        _ => default,
    };

    /// <summary>Grants something that is sent as a value: the same thing has the same number each time, until the context ends.</summary>
    public int Share(object value)
    {
        lock (_lock)
        {
            if (_shared.TryGetValue(value, out var known))
            {
                return known;
            }
        }

        var id = Grant(value);
        lock (_lock)
        {
            _shared[value] = id;
        }

        return id;
    }

    /// <summary>Grants something anew.</summary>
    public int Grant(object value)
    {
        // What lists its own members is the host's code: it does not run inside the lock.
        var kept = BindingTree.ToKept(value);
        lock (_lock)
        {
            _granted.Add(++_last, kept);
            return _last;
        }
    }

    /// <summary>What an object's members were granted as: they are revoked with it.</summary>
    public void Adopt(int id, IReadOnlyList<(string Member, int Id)> members)
    {
        lock (_lock)
        {
            _members[id] = members;
        }
    }

    /// <summary>A name is bound: what it had before is revoked, or, where members came beside the old ones, those that have taken the place of another.</summary>
    /// <param name="name">The name.</param>
    /// <param name="members">The members that it was given, whether or not something was granted for them; needed where they were merged.</param>
    /// <param name="granted">What was granted, and for which member.</param>
    /// <param name="merged">Whether the name's old value is still there.</param>
    public void Replace(string name, IEnumerable<string> members, IEnumerable<(string Member, int Id)> granted, bool merged)
    {
        lock (_lock)
        {
            List<(string Member, int Id)> bound = [.. granted.SelectMany(OwnMembers)];
            if (_byName.GetValueOrDefault(name) is { } old)
            {
                var replaced = merged ? members.ToHashSet(StringComparer.Ordinal) : null;
                bool IsReplaced((string Member, int Id) known) => replaced is null || replaced.Contains(known.Member);
                Revoke(old.Where(IsReplaced));
                bound.AddRange(old.Where(known => !IsReplaced(known)));
            }

            _byName[name] = bound;
        }
    }

    public void Revoke(IEnumerable<(string Member, int Id)> granted)
    {
        lock (_lock)
        {
            foreach (var (_, id) in granted)
            {
                _granted.Remove(id);
                if (_members.Remove(id, out var members))
                {
                    Revoke(members);
                }
            }
        }
    }

    /// <summary>An object that is bound as a whole has members too, which a merge may replace one by one.</summary>
    private IReadOnlyList<(string Member, int Id)> OwnMembers((string Member, int Id) granted) =>
        granted.Member.Length == 0 && _members.Remove(granted.Id, out var members) ? [granted, .. members] : [granted];

    public HostFunction? FindFunction(int id) => Find(id) as HostFunction;

    public HostObject? FindObject(int id) => Find(id) as HostObject;

    private object? Find(int id)
    {
        lock (_lock)
        {
            return _granted.GetValueOrDefault(id);
        }
    }
}
