namespace JsRun.Runtime;

/// <summary>The scoped runtime of a request: it leases on the first call, so that resolving it never blocks, and gives the lease back with the scope.</summary>
internal sealed class ScopedRuntime(IJsRuntimeFactory factory) : IJsRuntime
{
    private readonly Lock _lock = new();
    private Task<IJsRuntime>? _runtime;
    private bool _disposed;

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

    public void AddModule(string name, JsModuleSource source) => Leased().AddModule(name, source);

    public void SetModuleResolver(JsModuleResolver? resolver) => Leased().SetModuleResolver(resolver);

    public void SetModuleLoader(JsModuleLoader? loader) => Leased().SetModuleLoader(loader);

    public void SetModuleLoader(JsSyncModuleLoader? loader) => Leased().SetModuleLoader(loader);

    public JsRuntimeStats GetStats() => Leased().GetStats();

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

    private IJsRuntime Leased()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _runtime is { IsCompletedSuccessfully: true } leased
                ? leased.Result
                : throw new InvalidOperationException("The scope's runtime is leased by its first asynchronous call, so that nothing blocks: await one, such as EvaluateAsync, before this.");
        }
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
