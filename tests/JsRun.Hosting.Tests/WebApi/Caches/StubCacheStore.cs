namespace JsRun.Hosting.Tests.WebApi.Caches;

/// <summary>A store that finds what it is told to, and opens every cache.</summary>
internal sealed class StubCacheStore(Func<CancellationToken, ValueTask<IReadOnlyList<JsCacheEntry>>> match) : IJsCacheStore
{
    public ValueTask<IReadOnlyList<string>> GetNamesAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<string>>(["stub"]);

    public ValueTask<bool> HasAsync(string cache, CancellationToken cancellationToken) => ValueTask.FromResult(true);

    public ValueTask<bool> OpenAsync(string cache, CancellationToken cancellationToken) => ValueTask.FromResult(true);

    public ValueTask<bool> DeleteAsync(string cache, CancellationToken cancellationToken) => ValueTask.FromResult(true);

    public ValueTask<IReadOnlyList<JsCacheEntry>> MatchAsync(string cache, JsCacheQuery query, CancellationToken cancellationToken) => match(cancellationToken);

    public ValueTask<bool> PutAsync(string cache, JsCacheEntry entry, CancellationToken cancellationToken) => ValueTask.FromResult(true);

    public ValueTask<bool> RemoveAsync(string cache, JsCacheQuery query, CancellationToken cancellationToken) => ValueTask.FromResult(true);
}
