using JsRun.Runtimes;

namespace JsRun;

/// <summary>
/// JavaScript without any set-up: a default runtime for each asynchronous flow or thread, made when first used, with default options. Thread-safe.
/// </summary>
/// <remarks>
/// The default runtime belongs to the flow that first used it, and to what that flow starts afterwards; flows beside it have their own. As with <see cref="AsyncLocal{T}"/>, what an
/// asynchronous method begins does not reach its caller: where it must, or where the end must not be left to the garbage collector, open a scope (<see cref="BeginScope"/>) around it.
/// Applications with a container ask for <see cref="IJsRuntime"/> or <see cref="IJsRuntimeFactory"/> instead.
/// </remarks>
public static class Js
{
    private static readonly AsyncLocal<DefaultSlot?> Slot = new();

    /// <summary>The current flow's default runtime, made if there is none that is open.</summary>
    public static IJsRuntime Default => (Slot.Value ??= new DefaultSlot()).Get();

    /// <summary>Has default runtimes and snapshots come from an application's container, with its options and loggers, from now on.</summary>
    /// <param name="factory">The application's factory.</param>
    /// <exception cref="ArgumentNullException"><paramref name="factory"/> is <see langword="null"/>.</exception>
    public static void UseFactory(IJsRuntimeFactory factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        DefaultRuntimes.Factory = factory;
    }

    /// <summary>
    /// Ends all default runtimes, and the services and threads behind them; what still runs is interrupted. The next use of <see cref="Js"/> makes others, with default options. For whoever unloads
    /// a collectible <see cref="System.Runtime.Loader.AssemblyLoadContext"/> with JsRun in it: nothing of JsRun runs on afterwards. Not to be called from within a host function.
    /// </summary>
    /// <returns>A task that ends when all has ended. What is in use at the same time may fail with <see cref="ObjectDisposedException"/>.</returns>
    public static ValueTask ShutdownAsync()
    {
        // The flow's execution context must not hold what belongs to an assembly that is unloaded.
        Slot.Value = null;
        return DefaultRuntimes.ShutdownAsync();
    }

    /// <summary>Gives the current flow a default runtime of its own, until the scope is disposed of.</summary>
    /// <returns>The scope.</returns>
    public static JsScope BeginScope()
    {
        var before = Slot.Value;
        var slot = new DefaultSlot();
        Slot.Value = slot;
        return new JsScope(slot, () => Slot.Value = before);
    }

    /// <inheritdoc cref="IJsRuntime.Evaluate(string, JsEvaluateOptions?, CancellationToken)"/>
    public static object? Evaluate(string code, JsEvaluateOptions? options = null, CancellationToken cancellationToken = default) => Default.Evaluate(code, options, cancellationToken);

    /// <inheritdoc cref="IJsRuntime.Evaluate{T}(string, JsEvaluateOptions?, CancellationToken)"/>
    public static T? Evaluate<T>(string code, JsEvaluateOptions? options = null, CancellationToken cancellationToken = default) => Default.Evaluate<T>(code, options, cancellationToken);

    /// <inheritdoc cref="IJsRuntime.EvaluateAsync(string, JsEvaluateOptions?, CancellationToken)"/>
    public static ValueTask<object?> EvaluateAsync(string code, JsEvaluateOptions? options = null, CancellationToken cancellationToken = default) => Default.EvaluateAsync(code, options, cancellationToken);

    /// <inheritdoc cref="IJsRuntime.EvaluateAsync{T}(string, JsEvaluateOptions?, CancellationToken)"/>
    public static ValueTask<T?> EvaluateAsync<T>(string code, JsEvaluateOptions? options = null, CancellationToken cancellationToken = default) => Default.EvaluateAsync<T>(code, options, cancellationToken);

    /// <inheritdoc cref="IJsRuntime.BindFunction"/>
    public static void BindFunction(string name, Delegate handler) => Default.BindFunction(name, handler);

    /// <inheritdoc cref="IJsRuntime.BindObject(string, IReadOnlyDictionary{string, object}, JsBindMode)"/>
    public static void BindObject(string name, IReadOnlyDictionary<string, object?> members, JsBindMode mode = JsBindMode.Replace) => Default.BindObject(name, members, mode);

    /// <inheritdoc cref="JsRuntimeBindingExtensions.BindObject(IJsRuntime, string, IJsExportable)"/>
    public static void BindObject(string name, IJsExportable exported) => Default.BindObject(name, exported, JsBindMode.Replace);

    /// <inheritdoc cref="IJsRuntime.SetGlobal"/>
    public static void SetGlobal(string name, object? value) => Default.SetGlobal(name, value);

    /// <summary>Ends the current flow's default runtime, if there is one, while the calling thread waits. The next use makes another.</summary>
    public static void CloseDefault() => CloseDefaultAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Ends the current flow's default runtime, if there is one. The next use makes another.</summary>
    /// <returns>A task that ends with the runtime.</returns>
    public static ValueTask CloseDefaultAsync() => Slot.Value is { } slot ? slot.CloseAsync(forGood: false) : ValueTask.CompletedTask;

    /// <summary>Begins a snapshot, for runtimes to start from (<see cref="JsRuntimeOptions.Snapshot"/>).</summary>
    /// <param name="options">How it is built.</param>
    /// <returns>The builder.</returns>
    public static JsSnapshotBuilder CreateSnapshotBuilder(JsSnapshotOptions? options = null) => DefaultRuntimes.Factory.CreateSnapshotBuilder(options);
}
