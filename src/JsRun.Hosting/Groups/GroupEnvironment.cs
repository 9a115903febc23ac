using System.Collections;
using JsRun.Bindings;
using JsRun.Options;
using JsRun.Permissions;

namespace JsRun.Groups;

/// <summary>What the functions of a group find in <c>env</c>: strings and bindings.</summary>
internal sealed class GroupEnvironment
{
    private readonly BindingRegistration[] _registrations;
    private readonly IServiceProvider _services;
    private readonly EnvironmentVariables _variables;

    public GroupEnvironment(IEnumerable<BindingRegistration> registrations, JsRunGroups groups, IServiceProvider services, EnvironmentVariables variables)
    {
        _registrations = [.. registrations];
        _services = services;
        _variables = variables;
        groups.Check(_registrations.Select(static registration => registration.Group), "A binding");
    }

    /// <summary>The strings of <c>JsRun:Env</c>, and the variables of the process that <c>env:</c> permissions grant. What is configured wins.</summary>
    public Dictionary<string, string> GetStrings(IDictionary<string, string> configured, PermissionSet permissions)
    {
        var strings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in permissions.HasEnv ? _variables() : new Hashtable())
        {
            if (variable is { Key: string name, Value: string value } && permissions.AllowsEnv(name))
            {
                strings[name] = value;
            }
        }

        foreach (var (name, value) in configured)
        {
            strings[name] = value;
        }

        return strings;
    }

    /// <summary>The group's bindings, ready to be written; <see langword="null"/> where it has none.</summary>
    /// <exception cref="InvalidOperationException">Two have one name.</exception>
    public IReadOnlyDictionary<string, object?>? GetBindings(string group, PermissionSet permissions)
    {
        var bindings = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var registration in _registrations.Where(r => r.Group is null || r.Group == group))
        {
            var (name, permission, value) = registration.Create(_services);
            // A binding that is not granted shows its functions, whose calls are refused and audited, but none of its data.
            if (!bindings.TryAdd(name, BindingTree.Prepare(name, value, permission, permission is null || permissions.AllowsOp(permission.Pattern))))
            {
                throw new InvalidOperationException($"The pool group '{group}' has two bindings of the name '{name}': give AddOp and AddBinding a name once for each group.");
            }
        }

        return bindings.Count == 0 ? null : bindings;
    }
}
