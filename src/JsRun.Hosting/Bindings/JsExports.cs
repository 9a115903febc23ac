using JsRun.Bindings;

namespace JsRun;

/// <summary>The members of an object of the host's, as JavaScript will see them. A name that is added again replaces the earlier.</summary>
/// <remarks>Not thread-safe: for the time of one <see cref="IJsExportable.Export"/>.</remarks>
public sealed class JsExports
{
    private readonly OrderedDictionary<string, HostMember> _members = new(StringComparer.Ordinal);

    internal JsExports()
    {
    }

    internal IEnumerable<KeyValuePair<string, HostMember>> Members => _members;

    /// <summary>Adds a function.</summary>
    /// <typeparam name="T">What its values, or the tasks of them, are declared as: only the members that this type has are sent.</typeparam>
    /// <param name="name">Its name in JavaScript: any text.</param>
    /// <param name="body">Called for each call, on the isolate's thread. Returns the value, or a task of it.</param>
    /// <param name="isAsync">Whether it always answers with a promise, even if it fails before it has a task to return. A body that is declared to return a task always does.</param>
    /// <returns>The same object.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> or <paramref name="body"/> is <see langword="null"/>.</exception>
    public JsExports AddFunction<T>(string name, Func<JsHostCall, T> body, bool isAsync = false)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(body);
        return Add(name, body as Func<JsHostCall, object?> ?? (call => body(call)), isAsync || HostAnswer.IsAsync(typeof(T)), HostAnswer.ValueOf(typeof(T)));
    }

    /// <summary>Adds a function that answers with a promise.</summary>
    /// <param name="name">Its name in JavaScript: any text.</param>
    /// <param name="body">Called for each call, on the isolate's thread; what it awaits goes on elsewhere.</param>
    /// <returns>The same object.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is <see langword="null"/>.</exception>
    public JsExports AddAsyncFunction(string name, Func<JsHostCall, ValueTask> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return AddFunction<object?>(
            name,
            call =>
            {
                var task = body(call).AsTask();
                return task.IsCompletedSuccessfully ? JsUndefined.Value : HostAnswer.Adapt(task);
            },
            isAsync: true);
    }

    /// <summary>Adds a function that answers with a promise of a value.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="name">Its name in JavaScript: any text.</param>
    /// <param name="body">Called for each call, on the isolate's thread; what it awaits goes on elsewhere.</param>
    /// <returns>The same object.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> or <paramref name="body"/> is <see langword="null"/>.</exception>
    public JsExports AddAsyncFunction<T>(string name, Func<JsHostCall, ValueTask<T>> body)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(body);
        object? Invoke(JsHostCall call)
        {
            var task = body(call);
            return task.IsCompletedSuccessfully ? task.Result : HostAnswer.Adapt(task.AsTask());
        }

        return Add(name, Invoke, isAsync: true, typeof(T));
    }

    /// <summary>Adds a property that is read, and perhaps written, whenever JavaScript does so.</summary>
    /// <typeparam name="T">What its values are declared as: only the members that this type has are sent.</typeparam>
    /// <param name="name">Its name in JavaScript: any text.</param>
    /// <param name="get">Reads it, on the isolate's thread.</param>
    /// <param name="set">Writes it: the value is the call's first argument. <see langword="null"/> if it is read only.</param>
    /// <returns>The same object.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> or <paramref name="get"/> is <see langword="null"/>.</exception>
    public JsExports AddProperty<T>(string name, Func<T> get, Action<JsHostCall>? set = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(get);
        _members[name] = new HostMember.Property(
            new HostFunction(name, IsAsync: false, _ => get()) { Returns = typeof(T) },
            set is null ? null : DelegateBinder.Bind(name, set));
        return this;
    }

    private JsExports Add(string name, Func<JsHostCall, object?> body, bool isAsync, Type returns)
    {
        _members[name] = new HostMember.Function(new HostFunction(name, isAsync, body) { Returns = returns });
        return this;
    }
}
