using JsRun.Scheduling;

namespace JsRun.Modules;

/// <summary>How the modules of functions are loaded that are not in their folder.</summary>
/// <param name="Load">The application's loader.</param>
/// <param name="Timeout">How long one module may take.</param>
/// <param name="Limit">The configuration key of that time.</param>
/// <param name="Time">The clock.</param>
internal sealed record ModuleLoading(JsModuleLoader Load, TimeSpan Timeout, string Limit, TimeProvider Time)
{
    /// <exception cref="JsModuleException">There is no such module, the loader failed, or it took too long.</exception>
    public async ValueTask<JsModuleSource> LoadAsync(JsModuleLoadRequest request, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            // A loader may ignore its token.
            return await Load(request, ending.Token).AsTask().WaitAsync(Timeout, GuardedTime.Of(Time), cancellationToken).ConfigureAwait(false)
                ?? throw new JsModuleException($"The module loader has no module {request.Url}, which {request.Referrer} imports.");
        }
        catch (TimeoutException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new JsModuleException($"The module loader took longer than {Limit} ({Timeout}) for {request.Url}.");
        }
        catch (Exception e) when (e is not JsModuleException && !cancellationToken.IsCancellationRequested)
        {
            throw ModuleErrors.OfHost($"The module loader failed for {request.Url}", e);
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
        }
    }
}
