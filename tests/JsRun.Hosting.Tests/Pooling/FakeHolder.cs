using JsRun.Pooling;

namespace JsRun.Hosting.Tests.Pooling;

/// <summary>Has a lease, and gives it back when it is told to.</summary>
internal sealed class FakeHolder : ILeaseHolder
{
    private readonly PoolLease<FakeIsolate> _lease;

    public FakeHolder(PoolLease<FakeIsolate> lease)
    {
        _lease = lease;
        lease.Holder = this;
    }

    public string Name => "/stream";

    public bool AwaitsClient { get; set; } = true;

    public bool WasDisplaced { get; private set; }

    public void Displace(string reason)
    {
        WasDisplaced = true;
        _lease.Release();
    }
}
