namespace JsRun.Bindings;

/// <summary>An object of functions and of properties that ask the host. Immutable.</summary>
internal sealed record HostObject(IReadOnlyList<KeyValuePair<string, HostMember>> Members)
{
    public static HostObject Of(IJsExportable exported)
    {
        var exports = new JsExports();
        exported.Export(exports);
        return new([.. exports.Members]);
    }

    /// <summary>Has every function named after the object, and behind a permission where one is given.</summary>
    public HostObject Under(string name, Permissions.OpPermission? permission)
    {
        HostFunction Adapt(HostFunction f) => f with { Name = $"{name}.{f.Name}", Permission = permission };
        return new([.. Members.Select(m => KeyValuePair.Create<string, HostMember>(m.Key, m.Value switch
        {
            HostMember.Function f => new HostMember.Function(Adapt(f.Body)),
            HostMember.Property p => new HostMember.Property(Adapt(p.Get), p.Set is null ? null : Adapt(p.Set)),
            _ => m.Value,
        }))]);
    }

    /// <summary>What JavaScript makes the object of: for each member its name and its function, or its name, getter and setter.</summary>
    public IReadOnlyList<object?[]> Describe() =>
        [.. Members.Select(m => m.Value is HostMember.Property p ? new object?[] { m.Key, p.Get, p.Set ?? (object)JsUndefined.Value } : [m.Key, ((HostMember.Function)m.Value).Body])];

    /// <summary>The members' names, one for each function in <see cref="Describe"/>, in its order.</summary>
    public IEnumerable<string> NamesOfFunctions() => Members.SelectMany(static m => Enumerable.Repeat(m.Key, m.Value is HostMember.Property { Set: not null } ? 2 : 1));
}
