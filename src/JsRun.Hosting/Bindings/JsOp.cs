using JsRun.Bindings;
using JsRun.Permissions;

namespace JsRun;

/// <summary>A host function behind a permission, which the host checks at every call. Immutable and thread-safe.</summary>
public sealed class JsOp
{
    /// <summary>Describes an op.</summary>
    /// <param name="name">Its name: letters, digits, <c>.</c>, <c>_</c> and <c>-</c>.</param>
    /// <param name="handler">What it does. Parameters, results and errors are those of <see cref="IJsRuntime.BindFunction"/>.</param>
    /// <param name="mode">The way in which the op returns its result. The default is <see cref="JsOpMode.Async"/> if the handler returns a <see cref="Task"/> or <see cref="ValueTask"/>, else <see cref="JsOpMode.Sync"/>.</param>
    /// <param name="permission">What the caller must have been granted, such as <c>op:files.read</c>: <c>op:</c> and a name. The default is <c>op:</c> and the op's own name.</param>
    /// <exception cref="ArgumentException">The name or the permission is not valid; the handler and <paramref name="mode"/> do not fit; the handler has parameters that cannot cross.</exception>
    public JsOp(string name, Delegate handler, JsOpMode? mode = null, string? permission = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (string.IsNullOrEmpty(name) || !Permissions.Permission.IsOpName(name))
        {
            throw new ArgumentException($"'{name}' is not a valid name for an op: use letters, digits, '.', '_' and '-'.", nameof(name));
        }

        if (mode is { } given && !Enum.IsDefined(given))
        {
            throw new ArgumentException($"Invalid mode {(int)given} of the op '{name}': JsOpMode.Sync or JsOpMode.Async.", nameof(mode));
        }

        var required = Required(name, permission);
        var function = DelegateBinder.Bind(name, handler);
        Name = name;
        Mode = mode ?? (function.IsAsync ? JsOpMode.Async : JsOpMode.Sync);
        CheckMode(name, Mode, handler.Method.ReturnType, function.IsAsync);
        Permission = required.ToString();
        Function = function with { IsAsync = Mode == JsOpMode.Async, Permission = required, Mode = Mode };
    }

    /// <summary>Its name, once in a runtime or group.</summary>
    public string Name { get; }

    /// <summary>Gets the way in which the op returns its result.</summary>
    public JsOpMode Mode { get; }

    /// <summary>Gets the permission that the caller must have been granted.</summary>
    public string Permission { get; }

    internal HostFunction Function { get; }

    private static OpPermission Required(string name, string? permission)
    {
        if (permission is null)
        {
            return new OpPermission(name);
        }

        return Permissions.Permission.TryParse(permission, out var parsed, out _) && parsed is OpPermission { IsExact: true } required
            ? required
            : throw new ArgumentException($"The op '{name}' requires '{permission}', which is not the permission of a single op: use op:NAME.", nameof(permission));
    }

    private static void CheckMode(string name, JsOpMode mode, Type returned, bool isAsync)
    {
        if (isAsync && mode == JsOpMode.Sync)
        {
            throw new ArgumentException($"The handler of the op '{name}' is asynchronous but its mode is Sync: use JsOpMode.Async.", nameof(mode));
        }

        // What is declared as an object may turn out as a task.
        if (!isAsync && mode == JsOpMode.Async && returned != typeof(object))
        {
            throw new ArgumentException($"The handler of the op '{name}' is synchronous but its mode is Async: use JsOpMode.Sync.", nameof(mode));
        }
    }
}
