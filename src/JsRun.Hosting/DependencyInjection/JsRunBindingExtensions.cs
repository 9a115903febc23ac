using JsRun;
using JsRun.Bindings;
using JsRun.Permissions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds ops and bindings, which functions find in <c>env</c>.</summary>
/// <remarks>Not thread-safe: for the time in which the application is configured.</remarks>
public static class JsRunBindingExtensions
{
    /// <summary>Gives functions an op: <c>env.NAME(…)</c>. It can be called by the groups that have its permission.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The op's name: letters, digits, <c>.</c>, <c>_</c> and <c>-</c>.</param>
    /// <param name="handler">What it does, as for <see cref="JsOp"/>. Called on an isolate's thread, by many of them at a time.</param>
    /// <param name="mode">How it answers; by default as the handler does: a handler that returns a task is asynchronous.</param>
    /// <param name="permission">What a group must have been granted. The default is <c>op:</c> and the name.</param>
    /// <param name="group">The name of the pool group that gets it; <see cref="JsRunOptions.DefaultGroupName"/> for the default group only; by default, <see langword="null"/>, all groups.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The name, the permission or the handler is not valid: see <see cref="JsOp"/>.</exception>
    public static IJsRunBuilder AddOp(this IJsRunBuilder builder, string name, Delegate handler, JsOpMode? mode = null, string? permission = null, string? group = null)
    {
        var op = new JsOp(name, handler, mode, permission);
        return builder.AddOp(_ => op, group);
    }

    /// <summary>Gives the functions of all groups an op that is made of the application's services.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="create">Makes it, once for each group.</param>
    /// <returns>The builder.</returns>
    public static IJsRunBuilder AddOp(this IJsRunBuilder builder, Func<IServiceProvider, JsOp> create) => builder.AddOp(create, group: null);

    /// <summary>Gives functions an op that is made of the application's services.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="create">Makes it, once for each group that gets it.</param>
    /// <param name="group">The name of the pool group that gets it; <see cref="JsRunOptions.DefaultGroupName"/> for the default group only; <see langword="null"/> for all groups.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="create"/> is <see langword="null"/>.</exception>
    public static IJsRunBuilder AddOp(this IJsRunBuilder builder, Func<IServiceProvider, JsOp> create, string? group)
    {
        ArgumentNullException.ThrowIfNull(create);
        return builder.Add(group, services =>
        {
            var op = create(services);
            return (op.Name, op.Function.Permission!, op.Function);
        });
    }

    /// <summary>Gives the functions of all groups a binding, <c>env.NAME</c>, that requires <c>op:</c> and its name.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Its name in <c>env</c>. It wins over a string of <c>JsRun:Env</c>.</param>
    /// <param name="value">The object of the host's, the delegate, or the dictionary of such and of data.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">There is no permission for a binding of this name: give one.</exception>
    public static IJsRunBuilder AddBinding(this IJsRunBuilder builder, string name, object value) => builder.AddBinding(name, value, permission: null, group: null);

    /// <summary>Gives functions a binding, <c>env.NAME</c>: an object of the host's, a delegate, or a dictionary of such and of data.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Its name in <c>env</c>: any text. It wins over a string of <c>JsRun:Env</c>.</param>
    /// <param name="value">
    /// A delegate, an <see cref="IJsExportable"/> (a class with <see cref="JsExportAttribute"/>), or a dictionary with <see cref="string"/> keys. Data is copied into each context. Functions are called on
    /// the isolates' threads, by many of them at a time.
    /// </param>
    /// <param name="permission">What a group must have been granted to call its functions and to see its data: <c>op:</c> and a name; <see langword="null"/> for <c>op:</c> and the binding's name; <see cref="JsPermission.None"/> if every function may use it.</param>
    /// <param name="group">The name of the pool group that gets it; <see cref="JsRunOptions.DefaultGroupName"/> for the default group only; <see langword="null"/> for all groups.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">There is no permission for a binding of this name: give one.</exception>
    public static IJsRunBuilder AddBinding(this IJsRunBuilder builder, string name, object value, string? permission, string? group)
    {
        ArgumentNullException.ThrowIfNull(value);
        return builder.AddBinding(name, _ => value, permission, group);
    }

    /// <summary>Gives the functions of all groups a binding that is made of the application's services. It requires <c>op:</c> and its name.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Its name in <c>env</c>. It wins over a string of <c>JsRun:Env</c>.</param>
    /// <param name="create">Makes it, once for each group.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">There is no permission for a binding of this name: give one.</exception>
    public static IJsRunBuilder AddBinding(this IJsRunBuilder builder, string name, Func<IServiceProvider, object> create) => builder.AddBinding(name, create, permission: null, group: null);

    /// <summary>Gives functions a binding that is made of the application's services.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Its name in <c>env</c>: any text. It wins over a string of <c>JsRun:Env</c>.</param>
    /// <param name="create">Makes it, once for each group that gets it.</param>
    /// <param name="permission">What a group must have been granted to call its functions and to see its data: <c>op:</c> and a name; <see langword="null"/> for <c>op:</c> and the binding's name; <see cref="JsPermission.None"/> if every function may use it.</param>
    /// <param name="group">The name of the pool group that gets it; <see cref="JsRunOptions.DefaultGroupName"/> for the default group only; <see langword="null"/> for all groups.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">There is no permission for a binding of this name: give one.</exception>
    public static IJsRunBuilder AddBinding(this IJsRunBuilder builder, string name, Func<IServiceProvider, object> create, string? permission, string? group)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(create);
        if (permission == JsPermission.None)
        {
            return builder.Add(group, services => (name, null, create(services)));
        }

        var text = permission ?? $"op:{name}";
        if (!Permission.TryParse(text, out var parsed, out _) || parsed is not OpPermission { IsExact: true } required)
        {
            throw new ArgumentException($"The binding '{name}' requires '{text}', which is not the permission of a single op: use op:NAME, or JsPermission.None if every function may use it.", nameof(permission));
        }

        return builder.Add(group, services => (name, required, create(services)));
    }

    /// <summary>Listens to calls that are refused because their permission was not granted. They are logged by <c>JsRun.Audit</c> as well.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="listener">Told of each refused call, on the isolate's thread.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="listener"/> is <see langword="null"/>.</exception>
    public static IJsRunBuilder OnPermissionDenied(this IJsRunBuilder builder, Action<JsPermissionDenial> listener)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(listener);
        builder.Services.AddSingleton(listener);
        return builder;
    }

    private static IJsRunBuilder Add(this IJsRunBuilder builder, string? group, Func<IServiceProvider, (string Name, OpPermission? Permission, object? Value)> create)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(new BindingRegistration(group, create));
        return builder;
    }
}
