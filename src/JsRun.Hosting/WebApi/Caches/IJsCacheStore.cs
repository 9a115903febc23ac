namespace JsRun;

/// <summary>
/// Keeps what scripts put into <c>caches</c>, as a service of the application, in the place of JsRun's own store in memory. Register it as a singleton; one that is registered with the name of a pool group as its
/// key is for that group only. Pool groups may share one service: it then shows each of them the others' entries.
/// </summary>
/// <remarks>
/// Thread-safe: members are called at the same time by many requests, on threads of the thread pool and never on an isolate's. An exception fails the script's call with an error that names the exception's type,
/// and goes to the log (event 145). A call that does not answer ends with the time limit of its request. <c>JsRun:Limits:MaxCacheBytes</c> limits a single response, and no store but JsRun's own as a whole.
/// </remarks>
public interface IJsCacheStore
{
    /// <summary>Lists the caches.</summary>
    /// <param name="cancellationToken">Cancelled when nobody waits any more: the request has ended, timed out or was cancelled.</param>
    /// <returns>The names, in the order in which the caches were opened first where the store knows it. A name is any text, empty and ill-formed ones included.</returns>
    ValueTask<IReadOnlyList<string>> GetNamesAsync(CancellationToken cancellationToken);

    /// <summary>Returns whether there is a cache.</summary>
    /// <param name="cache">The name of the cache. Names are compared by their UTF-16 code units.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits any more.</param>
    /// <returns><see langword="true"/> if the cache has been opened and not deleted.</returns>
    ValueTask<bool> HasAsync(string cache, CancellationToken cancellationToken);

    /// <summary>Creates a cache if there is none of that name.</summary>
    /// <param name="cache">The name of the cache.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits any more.</param>
    /// <returns><see langword="false"/> if there is no room for another cache: the script gets a <c>QuotaExceededError</c>.</returns>
    ValueTask<bool> OpenAsync(string cache, CancellationToken cancellationToken);

    /// <summary>Deletes a cache with all of its entries.</summary>
    /// <param name="cache">The name of the cache.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits any more.</param>
    /// <returns><see langword="false"/> if there was no such cache.</returns>
    ValueTask<bool> DeleteAsync(string cache, CancellationToken cancellationToken);

    /// <summary>Finds entries.</summary>
    /// <param name="cache">The name of the cache, which may have been deleted: it then has no entries.</param>
    /// <param name="query">What is asked for. Entries that <see cref="JsCacheQuery.Matches"/> refuses may be among the result: JsRun leaves them out.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits any more.</param>
    /// <returns>The entries, in the order in which they were put. They may lack their bodies if <see cref="JsCacheQuery.IncludesBody"/> is <see langword="false"/>.</returns>
    ValueTask<IReadOnlyList<JsCacheEntry>> MatchAsync(string cache, JsCacheQuery query, CancellationToken cancellationToken);

    /// <summary>Keeps an entry in the place of those that it replaces (<see cref="JsCacheEntry.Replaces"/>).</summary>
    /// <param name="cache">The name of the cache. What is put into one that has been deleted is discarded.</param>
    /// <param name="entry">The entry. It does not change any more, so it need not be copied.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits any more.</param>
    /// <returns><see langword="false"/> if there is no room for the entry: the script gets a <c>QuotaExceededError</c>.</returns>
    ValueTask<bool> PutAsync(string cache, JsCacheEntry entry, CancellationToken cancellationToken);

    /// <summary>Removes the entries that a query matches.</summary>
    /// <param name="cache">The name of the cache, which may have been deleted.</param>
    /// <param name="query">The entries to remove: those for which <see cref="JsCacheQuery.Matches"/> returns <see langword="true"/>, and no others.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits any more.</param>
    /// <returns>Whether any entry was removed.</returns>
    ValueTask<bool> RemoveAsync(string cache, JsCacheQuery query, CancellationToken cancellationToken);
}
