using System.Text.Json;

namespace JsRun.Hosting.Tests.WebApi.Caches;

/// <summary>A store that keeps entries as JSON, answers on other threads, and finds more than it is asked for.</summary>
internal sealed class TextCacheStore : IJsCacheStore
{
    private readonly Lock _lock = new();
    private readonly OrderedDictionary<string, List<string>> _caches = [];

    public async ValueTask<IReadOnlyList<string>> GetNamesAsync(CancellationToken cancellationToken) => await DoAsync(() => (string[])[.. _caches.Keys]);

    public async ValueTask<bool> HasAsync(string cache, CancellationToken cancellationToken) => await DoAsync(() => _caches.ContainsKey(cache));

    public async ValueTask<bool> OpenAsync(string cache, CancellationToken cancellationToken) => cache != "full" && await DoAsync(() => _caches.TryAdd(cache, []) || true);

    public async ValueTask<bool> DeleteAsync(string cache, CancellationToken cancellationToken) => await DoAsync(() => _caches.Remove(cache));

    public async ValueTask<IReadOnlyList<JsCacheEntry>> MatchAsync(string cache, JsCacheQuery query, CancellationToken cancellationToken) =>
        await DoAsync(() => (JsCacheEntry[])[.. Entries(cache).Select(Read)]);

    public async ValueTask<bool> PutAsync(string cache, JsCacheEntry entry, CancellationToken cancellationToken) => await DoAsync(() =>
    {
        Entries(cache).RemoveAll(text => entry.Replaces(Read(text)));
        Entries(cache).Add(JsonSerializer.Serialize(entry));
        return true;
    });

    public async ValueTask<bool> RemoveAsync(string cache, JsCacheQuery query, CancellationToken cancellationToken) =>
        await DoAsync(() => Entries(cache).RemoveAll(text => query.Matches(Read(text))) > 0);

    private static JsCacheEntry Read(string text) => JsonSerializer.Deserialize<JsCacheEntry>(text)!;

    private async Task<T> DoAsync<T>(Func<T> act)
    {
        await Task.Yield();
        lock (_lock)
        {
            return act();
        }
    }

    private List<string> Entries(string cache) => _caches.GetValueOrDefault(cache) ?? [];
}
