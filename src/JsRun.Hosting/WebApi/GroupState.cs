using JsRun.WebApi.Broadcast;
using JsRun.WebApi.Caches;

namespace JsRun.WebApi;

/// <summary>What the contexts of a pool group share, and nobody else sees. A runtime with an isolate of its own has one of its own.</summary>
internal sealed class GroupState(JsRunLimitsOptions limits)
{
    public CacheStore Caches { get; } = new(limits.MaxCacheBytes);

    public BroadcastHub Broadcasts { get; } = new();
}
