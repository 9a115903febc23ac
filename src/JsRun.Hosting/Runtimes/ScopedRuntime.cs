using JsRun.Bindings;
using JsRun.Scheduling;
using JsRun.Values;

namespace JsRun.Runtimes;

/// <summary>
/// The scoped runtime of a request: it leases when something is first evaluated, so that resolving it never blocks, and gives the lease back with the scope. What is bound, and which modules are added, before that
/// is kept until then.
/// </summary>
internal sealed class ScopedRuntime(IJsRuntimeFactory factory) : IJsRuntime, ITextRuntime
{
    private readonly Lock _lock = new();
    private readonly List<Action<IJsRuntime>> _kept = [];
    private readonly RuntimeOps _ops = new();
    private readonly RuntimeFate _fate = new();
    // The lease belongs to the scope and not to its first caller.
    private readonly CancellationTokenSource _scope = new();
    private Task<IJsRuntime>? _renting;
    private volatile IJsRuntime? _leased;
    private ScopedModules? _modules;

    public JsRuntimeState State => _fate.Ending is null ? _leased?.State ?? JsRuntimeState.Running : _fate.State;

    public bool IsClosed => State != JsRuntimeState.Running;

    public IJsRuntimeModules Modules => _modules ??= new ScopedModules(Keep, () => _leased);

    public object? Evaluate(string code, JsEvaluateOptions? options = null, CancellationToken cancellationToken = default) => Now().Evaluate(code, options, cancellationToken);

    public T? Evaluate<T>(string code, JsEvaluateOptions? options = null, CancellationToken cancellationToken = default) => Now().Evaluate<T>(code, options, cancellationToken);

    public JsModuleNamespace Import(string specifier, JsImportOptions? options = null, CancellationToken cancellationToken = default) => Now().Import(specifier, options, cancellationToken);

    public async ValueTask<object?> EvaluateAsync(string code, JsEvaluateOptions? options = null, CancellationToken cancellationToken = default) =>
        await (await LeaseAsync(cancellationToken).ConfigureAwait(false)).EvaluateAsync(code, options, cancellationToken).ConfigureAwait(false);

    public async ValueTask<T?> EvaluateAsync<T>(string code, JsEvaluateOptions? options = null, CancellationToken cancellationToken = default) =>
        await (await LeaseAsync(cancellationToken).ConfigureAwait(false)).EvaluateAsync<T>(code, options, cancellationToken).ConfigureAwait(false);

    public async ValueTask<JsResult> EvaluateTextAsync(string code, string fileName = "script.js", CancellationToken cancellationToken = default) =>
        await (await LeaseAsync(cancellationToken).ConfigureAwait(false)).EvaluateTextAsync(code, fileName, cancellationToken).ConfigureAwait(false);

    public async ValueTask RunModuleAsync(string path, string? root = null, CancellationToken cancellationToken = default) =>
        await (await LeaseAsync(cancellationToken).ConfigureAwait(false)).RunModuleAsync(path, root, cancellationToken).ConfigureAwait(false);

    public async ValueTask<JsModuleNamespace> ImportAsync(string specifier, JsImportOptions? options = null, CancellationToken cancellationToken = default) =>
        await (await LeaseAsync(cancellationToken).ConfigureAwait(false)).ImportAsync(specifier, options, cancellationToken).ConfigureAwait(false);

    public async ValueTask<JsModuleNamespace> ImportFileAsync(string path, string? root = null, JsImportOptions? options = null, CancellationToken cancellationToken = default) =>
        await (await LeaseAsync(cancellationToken).ConfigureAwait(false)).ImportFileAsync(path, root, options, cancellationToken).ConfigureAwait(false);

    public async ValueTask WaitForIdleAsync(CancellationToken cancellationToken = default) =>
        await (await LeaseAsync(cancellationToken).ConfigureAwait(false)).WaitForIdleAsync(cancellationToken).ConfigureAwait(false);

    public void BindFunction(string name, Delegate handler)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(handler);
        Bind(name, handler, runtime => runtime.BindFunction(name, handler));
    }

    public void BindObject(string name, IReadOnlyDictionary<string, object?> members, JsBindMode mode)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(members);
        Bind(name, members, runtime => runtime.BindObject(name, members, mode));
    }

    public void BindObject(string name, IJsExportable exported, JsBindMode mode)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(exported);
        Keep(runtime => runtime.BindObject(name, exported, mode));
    }

    public void SetGlobal(string name, object? value)
    {
        ArgumentNullException.ThrowIfNull(name);
        Bind(name, value, runtime => runtime.SetGlobal(name, value));
    }

    public async ValueTask SetGlobalAsync(string name, object? value, CancellationToken cancellationToken = default) =>
        await (await LeaseAsync(cancellationToken).ConfigureAwait(false)).SetGlobalAsync(name, value, cancellationToken).ConfigureAwait(false);

    public void RegisterOp(JsOp op)
    {
        ArgumentNullException.ThrowIfNull(op);
        _fate.ThrowIfEnded();
        _ops.Add(op);
        Keep(runtime => runtime.RegisterOp(op));
    }

    public JsRuntimeStats GetStats()
    {
        _fate.ThrowIfEnded();
        return _leased?.GetStats() ?? new JsRuntimeStats();
    }

    public void Terminate(string? reason = null)
    {
        if (_leased is null)
        {
            var text = reason ?? RuntimeFate.ByHost;
            _fate.TryEnd(JsRuntimeState.Terminated, RuntimeFate.Terminated(text));
            _scope.CancelAsync().Forget();
        }

        // It may have come in this very moment.
        _leased?.Terminate(reason);
    }

    public async ValueTask DisposeAsync()
    {
        if (End() is not { } renting)
        {
            return;
        }

        await _scope.CancelAsync().ConfigureAwait(false);
        await ((Task)renting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_leased is { } leased)
        {
            await leased.DisposeAsync().ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        if (End() is not { } renting)
        {
            return;
        }

        _scope.CancelAsync().Forget();
        if (renting.IsCompleted)
        {
            _leased?.Dispose();
            return;
        }

        // Nobody blocks for a lease that is on its way.
        renting.ContinueWith(_ => _leased?.Dispose(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <returns>The lease that is there or on its way, if there is one.</returns>
    private Task<IJsRuntime>? End()
    {
        lock (_lock)
        {
            _fate.TryEnd(JsRuntimeState.Disposed, RuntimeFate.Closed);
            return _renting;
        }
    }

    /// <summary>What is wrong with a delegate is said at once.</summary>
    private void Bind(string name, object? value, Action<IJsRuntime> action)
    {
        BindingTree.Prepare(name, value, asData: true);
        Keep(action);
    }

    private void Keep(Action<IJsRuntime> action)
    {
        lock (_lock)
        {
            _fate.ThrowIfEnded();
            if (_leased is null)
            {
                _kept.Add(action);
                return;
            }
        }

        action(_leased);
    }

    /// <summary>For members that cannot wait for a lease.</summary>
    private IJsRuntime Now()
    {
        lock (_lock)
        {
            _fate.ThrowIfEnded();
            if (_leased is { } leased)
            {
                return leased;
            }

            if (_renting is { IsCompleted: false })
            {
                throw new InvalidOperationException("The scope's runtime is being leased for a call that is under way, and a synchronous member does not wait for that: await that call first.");
            }

            var runtime = (factory as JsRuntimeFactory)?.TryRent()
                ?? throw new InvalidOperationException("No isolate of the pool is free at once, and a synchronous member does not wait for one: await an asynchronous member first, such as EvaluateAsync or ImportAsync.");
            try
            {
                _kept.ForEach(action => action(runtime));
            }
            catch
            {
                runtime.Dispose();
                throw;
            }

            _kept.Clear();
            _leased = runtime;
            _renting = Task.FromResult(runtime);
            return runtime;
        }
    }

    private async ValueTask<IJsRuntime> LeaseAsync(CancellationToken cancellationToken)
    {
        Task<IJsRuntime> renting;
        lock (_lock)
        {
            _fate.ThrowIfEnded();
            // A wait that failed does not make the rest of the scope fail.
            renting = _renting = _renting is null or { IsFaulted: true } or { IsCanceled: true } ? RentAsync() : _renting;
        }

        try
        {
            return await renting.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw _fate.Ending ?? new ObjectDisposedException(nameof(IJsRuntime));
        }
    }

    private async Task<IJsRuntime> RentAsync()
    {
        var runtime = await factory.RentAsync(_scope.Token).ConfigureAwait(false);
        try
        {
            for (var done = 0; ;)
            {
                Action<IJsRuntime>[] next;
                lock (_lock)
                {
                    next = [.. _kept.Skip(done)];
                    if (next.Length == 0)
                    {
                        _kept.Clear();
                        return _leased = runtime;
                    }
                }

                await SetUpAsync(runtime, next).ConfigureAwait(false);
                done += next.Length;
            }
        }
        catch
        {
            await runtime.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static Task SetUpAsync(IJsRuntime runtime, Action<IJsRuntime>[] actions)
    {
        void SetUp() => Array.ForEach(actions, action => action(runtime));
        if (runtime is EngineRuntime engine)
        {
            // On its own thread nothing of it blocks.
            return engine.OnThreadAsync(SetUp);
        }

        SetUp();
        return Task.CompletedTask;
    }
}
