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

    /// <summary>The configuration section of a group.</summary>
    public static string SectionOf(string name) => name.Length == 0 ? JsRunOptions.SectionName : $"{JsRunOptions.SectionName}:Groups:{name}";

    /// <summary>Checks the groups that registrations are meant for; <see langword="null"/> is all groups.</summary>
    /// <param name="names">The groups.</param>
    /// <param name="what">What is registered, with its article.</param>
    /// <exception cref="InvalidOperationException">One is not configured.</exception>
    public void Check(IEnumerable<string?> names, string what)
    {
        if (names.FirstOrDefault(name => name is not null && !_groups.ContainsKey(name)) is { } stray)
        {
            throw new InvalidOperationException($"{what} is meant for the pool group '{stray}', which is not configured: add the section {SectionOf(stray)}, or leave the group out.");
        }
    }

    /// <summary>Gives the group's settings; the copy is the caller's own.</summary>
    /// <exception cref="ArgumentException">The group is not configured.</exception>
    public JsRunGroupOptions GetGroup(string name) => Find(name).Options.Copy();

    /// <exception cref="ArgumentException">The group is not configured.</exception>
    public PermissionSet GetPermissions(string name) => Find(name).Permissions;

    private void Add(string name, JsRunGroupOptions group) => _groups.Add(name, (group.Copy(), PermissionSet.Parse(group.Permissions, $"{SectionOf(name)}:Permissions")));

    /// <summary>Says that there is no such group.</summary>
    public ArgumentException Missing(string name) =>
        new($"The pool group '{name}' is not configured: add the section {SectionOf(name)}. Configured are: {string.Join(", ", Names.Skip(1).DefaultIfEmpty("none"))}.", nameof(name));

    private (JsRunGroupOptions Options, PermissionSet Permissions) Find(string name) => _groups.TryGetValue(name, out var group) ? group : throw Missing(name);
}
