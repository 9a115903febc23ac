namespace JsRun.Workers.Brokering;

#pragma warning disable MA0048, SA1402 // The vocabulary of one protocol.

/// <summary>The members of <see cref="IJsCacheStore"/>.</summary>
internal enum CacheMember
{
    Names,
    Has,
    Open,
    Delete,
    Match,
    Put,
    Remove,
}

/// <summary>A call of the group's cache store. The entry that is put, and the entries that are found, are in the pipe that comes with it.</summary>
/// <param name="Member">The member.</param>
/// <param name="Cache">The name of the cache: UTF-16, because it may be ill-formed.</param>
/// <param name="Query">The entries that are asked for.</param>
internal sealed record CacheOrder(CacheMember Member, byte[] Cache, JsCacheQuery? Query);

/// <summary>The outcome of <see cref="CacheOrder"/>.</summary>
/// <param name="IsDone">The answer of all members that return a Boolean.</param>
/// <param name="Names">The names of the caches, in UTF-16.</param>
/// <param name="Error">What a script may know of an exception of the store's.</param>
internal sealed record CacheReport(bool IsDone, IReadOnlyList<byte[]>? Names, string? Error);
