namespace JsRun;

/// <summary>Shorter forms of renting a runtime. Thread-safe, as <see cref="IJsRuntimeFactory"/> is.</summary>
public static class JsRuntimeFactoryExtensions
{
    /// <summary>Leases a pristine runtime from the pool of the default group. Disposing of it gives the lease back.</summary>
    /// <param name="factory">The factory.</param>
    /// <param name="cancellationToken">Ends the wait for a lease.</param>
    /// <returns>The runtime.</returns>
    /// <exception cref="JsPoolExhaustedException">The queue for leases is full, or the wait was too long.</exception>
    public static ValueTask<IJsRuntime> RentAsync(this IJsRuntimeFactory factory, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return factory.RentAsync(options: null, cancellationToken);
    }

    /// <summary>Leases a pristine runtime from the pool of a group. Disposing of it gives the lease back.</summary>
    /// <param name="factory">The factory.</param>
    /// <param name="group">The name of the pool group, such as <c>acme</c> or <see cref="JsRunOptions.DefaultGroupName"/>.</param>
    /// <param name="cancellationToken">Ends the wait for a lease.</param>
    /// <returns>The runtime, with the limits, permissions and <c>env</c> of the group.</returns>
    /// <exception cref="ArgumentException">There is no such group.</exception>
    /// <exception cref="JsPoolExhaustedException">The queue for leases is full, or the wait was too long.</exception>
    public static ValueTask<IJsRuntime> RentAsync(this IJsRuntimeFactory factory, string group, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentNullException.ThrowIfNull(group);
        return factory.RentAsync(new JsRentOptions { Group = group }, cancellationToken);
    }
}
