using JsRun.Scheduling;
using JsRun.WebApi.Broadcast;
using JsRun.WebApi.Caches;

namespace JsRun.WebApi;

/// <summary>
/// What the contexts of a pool group share, and nobody else sees: stores, and the group's share of what the host does on threads of its own. A runtime with an isolate of its own has
/// one of its own.
/// </summary>
internal sealed class GroupState(JsRunLimitsOptions limits, IJsCacheStore? caches = null, IBroadcastRelay? relay = null)
{
    private const int LookupsAtOnce = 4;
    private const int LoadsAtOnce = 2;

    private volatile bool _isStopping;
    private volatile bool _isDraining;

    /// <summary>Keeps the responses of <c>caches</c>: the application's store, if it has one.</summary>
    public IJsCacheStore Caches { get; } = caches ?? new MemoryCacheStore(limits.MaxCacheBytes);

    public BroadcastHub Broadcasts { get; } = new(limits.MaxBroadcastLength, relay);

    /// <summary>Looks up the names of hosts.</summary>
    public WorkLane Lookups { get; } = new(LookupsAtOnce);

    /// <summary>Computes what <c>crypto.subtle</c> takes long for. Groups that compute at the same time share the processors as threads do.</summary>
    public WorkLane Crypto { get; } = new(Environment.ProcessorCount);

    /// <summary>Reads the modules that <c>import()</c> names at run time.</summary>
    public WorkLane ModuleLoads { get; } = new(LoadsAtOnce);

    /// <summary>Gets whether the host has begun to stop: requests are told, and go on. For any thread.</summary>
    public bool IsStopping
    {
        get => _isStopping;
        set => _isStopping = value;
    }

    /// <summary>Gets whether no request comes any more, so that nothing waits for one. For any thread.</summary>
    public bool IsDraining
    {
        get => _isDraining;
        set => _isDraining = value;
    }
}
