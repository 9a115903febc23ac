using System.Diagnostics;

namespace JsRun.Workers.Brokering;

/// <summary>A request that is under way in a worker: the broker knows it by its token, and acts on its behalf for as long as it lasts.</summary>
internal sealed class BrokerRequest(string token, string function, string requestId, string loop, Activity? activity, int mostSubrequests)
{
    // Failures of host functions and permissions that were denied.
    private const int MostLogged = 100;

    private int _subrequests;
    private int _logged;
    private long _lastUse;
    private volatile bool _ended;

    /// <summary>Gets whether its response has ended.</summary>
    public bool HasEnded => _ended;

    /// <summary>The timestamp at which it ended, or something was asked for it after that.</summary>
    public long LastUse => Volatile.Read(ref _lastUse);

    public string Token { get; } = token;

    public string Function { get; } = function;

    /// <summary>The id of the request; empty if there is none.</summary>
    public string RequestId { get; } = requestId;

    /// <summary>The header <c>CDN-Loop</c> that it came with.</summary>
    public string Loop { get; } = loop;

    public Activity? Activity { get; } = activity;

    public void Use(long timestamp) => Volatile.Write(ref _lastUse, timestamp);

    public void End(long timestamp)
    {
        Use(timestamp);
        _ended = true;
    }

    /// <summary>Counts one more subrequest.</summary>
    /// <returns>Whether there may be so many.</returns>
    public bool TryCount() => Interlocked.Increment(ref _subrequests) <= mostSubrequests;

    /// <summary>Counts one more entry of the log.</summary>
    /// <returns>Whether there may be so many.</returns>
    public bool TryLog() => Interlocked.Increment(ref _logged) <= MostLogged;
}
