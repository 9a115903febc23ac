using JsRun.Permissions;
using Microsoft.Extensions.Options;

namespace JsRun.Options;

/// <summary>The pool groups as they were when the application started, complete. Immutable and thread-safe.</summary>
internal sealed class JsRunGroups
{
    private readonly Dictionary<string, (JsRunGroupOptions Options, PermissionSet Permissions)> _groups = new(StringComparer.Ordinal);

    public JsRunGroups(IOptions<JsRunOptions> options)
    {
        Add(JsRunOptions.DefaultGroupName, options.Value);
        foreach (var (name, group) in options.Value.Groups)
        {
            Add(name, group);
        }

        Names = [.. _groups.Keys];
    }

    /// <summary>The default group first.</summary>
    public IReadOnlyList<string> Names { get; }

    public bool Contains(string name) => _groups.ContainsKey(name);

    /// <summary>Gives the group's settings; the copy is the caller's own.</summary>
    /// <exception cref="ArgumentException">The group is not configured.</exception>
    public JsRunGroupOptions GetGroup(string name) => Find(name).Options.Copy();

    /// <exception cref="ArgumentException">The group is not configured.</exception>
    public PermissionSet GetPermissions(string name) => Find(name).Permissions;

    private void Add(string name, JsRunGroupOptions group) => _groups.Add(name, (group.Copy(), PermissionSet.Parse(group.Permissions, name.Length == 0 ? "JsRun:Permissions" : $"JsRun:Groups:{name}:Permissions")));

    private (JsRunGroupOptions Options, PermissionSet Permissions) Find(string name) => _groups.TryGetValue(name, out var group)
        ? group
        : throw new ArgumentException($"The pool group '{name}' is not configured: add the section JsRun:Groups:{name}. Configured are: {string.Join(", ", Names.Skip(1).DefaultIfEmpty("none"))}.", nameof(name));
}
