using JsRun.Permissions;

namespace JsRun.Bindings;

/// <summary>Makes what is to be bound ready: its delegates, however deep in dictionaries, get the names that they are found by.</summary>
internal static class BindingTree
{
    private const int MostLevels = 100;

    /// <summary>The host's half of something that cannot be copied.</summary>
    public static object ToKept(object value) => value switch
    {
        HostFunction or HostObject => value,
        IJsExportable exported => HostObject.Of(exported),
        Delegate handler => DelegateBinder.Bind(NameOf(handler), handler),
        _ => throw new ArgumentException($"A {value.GetType()} cannot be bound: it is neither a delegate nor an IJsExportable, such as an instance of a class with [JsExport].", nameof(value)),
    };

    /// <summary>Names the functions in a value.</summary>
    /// <param name="name">The name that it is bound by.</param>
    /// <param name="value">The value.</param>
    /// <param name="permission">What its functions require.</param>
    /// <param name="withData">Whether what is not a function goes along.</param>
    /// <param name="asData">Whether an object that has methods may be bound for its data.</param>
    /// <exception cref="ArgumentException">A delegate has parameters that cannot cross, or the dictionaries hold each other.</exception>
    public static object? Prepare(string name, object? value, OpPermission? permission = null, bool withData = true, bool asData = false) => Prepare(name, value, permission, withData, asData, 0);

    private static object? Prepare(string name, object? value, OpPermission? permission, bool withData, bool asData, int level)
    {
        if (level > MostLevels)
        {
            throw new ArgumentException($"'{name[..Math.Min(name.Length, 100)]}…' is nested more than {MostLevels} levels deep: one of its dictionaries holds itself.", nameof(value));
        }

        if (value is not null)
        {
            PlainObject.Check(name, value, asData);
        }

        return value switch
        {
            Delegate handler => DelegateBinder.Bind(name, handler) with { Permission = permission },
            HostFunction function => permission is null ? function : function with { Permission = permission },
            IJsExportable exported => HostObject.Of(exported).Under(name, permission),
            IReadOnlyDictionary<string, object?> members => PrepareMembers(name, members, permission, withData, asData, level),
            IDictionary<string, object?> members => PrepareMembers(name, members, permission, withData, asData, level),
            _ => withData ? value : JsUndefined.Value,
        };
    }

    private static Dictionary<string, object?> PrepareMembers(string name, IEnumerable<KeyValuePair<string, object?>> members, OpPermission? permission, bool withData, bool asData, int level)
    {
        var prepared = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, member) in members)
        {
            var value = Prepare($"{name}.{key}", member, permission, withData, asData, level + 1);
            if (withData || value is not JsUndefined)
            {
                prepared.Add(key, value);
            }
        }

        return prepared;
    }

    // What a compiler names is nobody's name.
    private static string NameOf(Delegate handler) => handler.Method.Name is var name && name.AsSpan().ContainsAny('<', '>', '|') ? "callback" : name;
}
