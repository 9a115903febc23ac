using JsRun.Bindings;

namespace JsRun;

/// <summary>Bindings in short.</summary>
/// <remarks>Thread-safe, as the runtimes are.</remarks>
public static class JsRuntimeBindingExtensions
{
    /// <summary>Gives scripts an object, in place of what has the name: see <see cref="IJsRuntime.BindObject(string, IReadOnlyDictionary{string, object}, JsBindMode)"/>.</summary>
    /// <param name="runtime">The runtime.</param>
    /// <param name="name">The name of a property of the global object: any text.</param>
    /// <param name="members">The members: any text may be a name.</param>
    /// <exception cref="ArgumentNullException"><paramref name="runtime"/> is <see langword="null"/>.</exception>
    public static void BindObject(this IJsRuntime runtime, string name, IReadOnlyDictionary<string, object?> members)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        runtime.BindObject(name, members, JsBindMode.Replace);
    }

    /// <summary>Gives scripts an object of the host's, in place of what has the name: see <see cref="IJsRuntime.BindObject(string, IJsExportable, JsBindMode)"/>.</summary>
    /// <param name="runtime">The runtime.</param>
    /// <param name="name">The name of a property of the global object: any text.</param>
    /// <param name="exported">The object, mostly of a class with <see cref="JsExportAttribute"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="runtime"/> is <see langword="null"/>.</exception>
    public static void BindObject(this IJsRuntime runtime, string name, IJsExportable exported)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        runtime.BindObject(name, exported, JsBindMode.Replace);
    }

    /// <summary>Gives scripts an object that holds data, such as an anonymous one, in place of what has the name: <see cref="IJsRuntime.SetGlobal"/> for objects.</summary>
    /// <param name="runtime">The runtime.</param>
    /// <param name="name">The name of a property of the global object: any text.</param>
    /// <param name="value">The object. It is copied, with the members that its JSON contract has; its methods cannot be called, so an object that has methods of its own is refused.</param>
    /// <exception cref="ArgumentException">The value is not an object, or has methods: see <see cref="JsExportAttribute"/>.</exception>
    public static void BindObject(this IJsRuntime runtime, string name, object value)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        ArgumentNullException.ThrowIfNull(value);
        PlainObject.Check(name, value, withData: false);
        if (value is string or Delegate || value.GetType().IsPrimitive)
        {
            throw new ArgumentException($"'{name}' cannot be bound as an object: it is a {value.GetType()}. Use {(value is Delegate ? nameof(IJsRuntime.BindFunction) : nameof(IJsRuntime.SetGlobal))}.", nameof(value));
        }

        runtime.SetGlobal(name, value);
    }

    /// <summary>Gives scripts an op, <c>JsRun.ops.NAME(…)</c>: see <see cref="IJsRuntime.RegisterOp"/>.</summary>
    /// <param name="runtime">The runtime.</param>
    /// <param name="name">Its name: letters, digits, <c>.</c>, <c>_</c> and <c>-</c>.</param>
    /// <param name="handler">What it does, as for <see cref="IJsRuntime.BindFunction"/>.</param>
    /// <param name="mode">How it answers; by default as the handler does.</param>
    /// <param name="permission">What the caller must have been granted. The default is <c>op:</c> and the name.</param>
    /// <exception cref="ArgumentException">The runtime has an op of that name; the name, the permission or the handler is not valid.</exception>
    public static void RegisterOp(this IJsRuntime runtime, string name, Delegate handler, JsOpMode? mode = null, string? permission = null)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        runtime.RegisterOp(new JsOp(name, handler, mode, permission));
    }
}
