namespace JsRun.Functions.Sources;

/// <summary>A source of functions: a folder, a route. Added to <see cref="EdgeFunctionSources"/> before the host starts.</summary>
internal interface IEdgeFunctionSource
{
    /// <summary>Deploys what the source knows now. Called once, when the pools are warm and before servers listen; a broken function must not throw.</summary>
    /// <param name="cancellationToken">The start was cancelled.</param>
    /// <returns>A task that ends when every function has been tried; servers do not listen before. Other sources are deployed at the same time.</returns>
    ValueTask DeployAsync(CancellationToken cancellationToken);

    /// <summary>Stops watching for changes: the host is stopping. What is deployed stays.</summary>
    void Stop();
}
