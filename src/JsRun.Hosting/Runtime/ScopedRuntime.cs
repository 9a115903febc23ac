namespace JsRun.Runtime;

/// <summary>The scoped runtime of a request: it leases on the first call, so that resolving it never blocks, and gives the lease back with the scope.</summary>
internal sealed class ScopedRuntime(IJsRuntimeFactory factory) : IJsRuntime
{
    private readonly Lock _lock = new();
    private Task<IJsRuntime>? _runtime;
    private bool _disposed;

    public JsRuntimeState State => _disposed ? JsRuntimeState.Disposed : Leased?.State ?? JsRuntimeState.Running;

    private IJsRuntime? Leased => _runtime is { IsCompletedSuccessfully: true } runtime ? runtime.Result : null;

    public object? Evaluate(string code, JsEvaluateOptions? options = null, CancellationToken cancellationToken = default) => Now().Evaluate(code, options, cancellationToken);

    public T? Evaluate<T>(string code, JsEvaluateOptions? options = null, CancellationToken cancellationToken = default) => Now().Evaluate<T>(code, options, cancellationToken);

    public void Terminate(string? reason = null) => Now().Terminate(reason);

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

    public JsModuleNamespace Import(string specifier, JsImportOptions? options = null, CancellationToken cancellationToken = default) => Now().Import(specifier, options, cancellationToken);

    public void AddModule(string name, JsModuleSource source) => Now().AddModule(name, source);

    public void SetModuleResolver(JsModuleResolver? resolver) => Now().SetModuleResolver(resolver);

    public void SetModuleLoader(JsModuleLoader? loader) => Now().SetModuleLoader(loader);

    public void SetModuleLoader(JsSyncModuleLoader? loader) => Now().SetModuleLoader(loader);

    public JsRuntimeStats GetStats() => Now().GetStats();

    public void BindFunction(string name, Delegate handler) => Now().BindFunction(name, handler);

    public void BindObject(string name, IReadOnlyDictionary<string, object?> members, JsBindMode mode) => Now().BindObject(name, members, mode);

    public void BindObject(string name, IJsExportable exported, JsBindMode mode) => Now().BindObject(name, exported, mode);

    public void RegisterOp(JsOp op) => Now().RegisterOp(op);

    public async ValueTask WaitForIdleAsync(CancellationToken cancellationToken = default) =>
        await (await LeaseAsync(cancellationToken).ConfigureAwait(false)).WaitForIdleAsync(cancellationToken).ConfigureAwait(false);

    public async ValueTask DisposeAsync()
    {
        Task<IJsRuntime>? leased;
        lock (_lock)
        {
            _disposed = true;
            leased = _runtime;
        }

        if (leased is not null)
        {
            await leased.ContinueWith(static t => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
            if (leased.IsCompletedSuccessfully)
            {
                await (await leased.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    public void Dispose()
    {
        Task<IJsRuntime>? leased;
        lock (_lock)
        {
            _disposed = true;
            leased = _runtime;
        }

        leased?.ContinueWith(static t => t.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>For members that cannot wait for a lease.</summary>
    private IJsRuntime Now()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
        }

        return Leased ?? throw new InvalidOperationException("This scope's runtime has no lease yet, and waiting for one would block the thread: await one of its asynchronous members first, such as EvaluateAsync, or use IJsRuntimeFactory.RentAsync.");
    }

    private Task<IJsRuntime> LeaseAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            // A wait that failed is no reason to fail for the rest of the scope.
            return _runtime is null or { IsFaulted: true } or { IsCanceled: true } ? _runtime = factory.RentAsync(cancellationToken).AsTask() : _runtime;
        }
    }
}
