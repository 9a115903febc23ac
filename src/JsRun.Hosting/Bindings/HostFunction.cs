using JsRun.Permissions;

namespace JsRun.Bindings;

/// <summary>A function of the host's as JavaScript sees it: an op, a bound delegate, a member of a bound object. Immutable.</summary>
/// <param name="Name">Its name: the function's <c>name</c> in JavaScript, and what errors and logs call it.</param>
/// <param name="IsAsync">Whether it is known to answer with a promise, so that it does so even when it fails at once.</param>
/// <param name="Invoke">Calls it. Gives the value, or a <see cref="Task"/> or <see cref="ValueTask"/> of it.</param>
internal sealed record HostFunction(string Name, bool IsAsync, Func<JsHostCall, object?> Invoke)
{
    /// <summary>What the caller must have been granted; <see langword="null"/> where whoever has the function may call it.</summary>
    public OpPermission? Permission { get; init; }

    /// <summary>What its answers are declared as, which decides what of them is sent; <see cref="object"/> if nothing is declared.</summary>
    public Type Returns { get; init; } = typeof(object);

    /// <summary>The op's mode, which its answers must keep to; <see langword="null"/> where both are right.</summary>
    public JsOpMode? Mode { get; init; }

    /// <summary>Checks that a caller may call it.</summary>
    /// <exception cref="JsPermissionException">The permission that it requires is not granted.</exception>
    public void Check(PermissionSet granted)
    {
        if (Permission is { } permission && !granted.AllowsOp(permission.Pattern))
        {
            throw new JsPermissionException($"Permission denied: '{Name}' requires {permission}, which is not granted. Add it to {granted.Source}.") { Permission = permission.ToString() };
        }
    }

    /// <summary>Returns the task to wait for, or <see langword="null"/> if an answer is a value.</summary>
    /// <exception cref="JsHostException">It is a task, and the op is a synchronous one.</exception>
    public Task<object?>? FindTask(object? answer)
    {
        var task = HostAnswer.AsTask(answer);
        return task is not null && Mode == JsOpMode.Sync
            ? throw new JsHostException($"The op '{Name}' is synchronous, but its handler returned a task: register it with JsOpMode.Async.") { Code = "not-synchronous" }
            : task;
    }
}
