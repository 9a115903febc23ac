using JsRun.Pooling;
using Microsoft.Extensions.Logging.Abstractions;

namespace JsRun.Hosting.Tests.Pooling;

/// <summary>Each transition between the states of a slot.</summary>
public sealed class PoolSlotTests
{
    private readonly Lock _lock = new();

    // The table of SlotState: what is not in it changes nothing.
    [Theory]
    [InlineData("Serving", "BeginReplacement", "Replacing")]
    [InlineData("Replacing", "BeginReplacement", null)]
    [InlineData("Draining", "BeginReplacement", null)]
    [InlineData("Gone", "BeginReplacement", null)]
    [InlineData("Serving", "KeepServing", null)]
    [InlineData("Replacing", "KeepServing", "Serving")]
    [InlineData("Draining", "KeepServing", null)]
    [InlineData("Gone", "KeepServing", null)]
    [InlineData("Serving", "Drain", "Draining")]
    [InlineData("Replacing", "Drain", "Draining")]
    [InlineData("Draining", "Drain", null)]
    [InlineData("Gone", "Drain", null)]
    [InlineData("Serving", "TryEnd", null)]
    [InlineData("Replacing", "TryEnd", null)]
    [InlineData("Draining", "TryEnd", "Gone")]
    [InlineData("Gone", "TryEnd", null)]
    [InlineData("Serving", "Lose", "Gone")]
    [InlineData("Replacing", "Lose", "Gone")]
    [InlineData("Draining", "Lose", "Gone")]
    [InlineData("Gone", "Lose", null)]
    public void Transition_State_IsThatOfTheTable(string from, string method, string? to)
    {
        lock (_lock)
        {
            var slot = Create(from);

            var moved = Call(slot, method);

            slot.State.ToString().ShouldBe(to ?? from);
            if (moved is { } told)
            {
                told.ShouldBe(to is not null, "its caller acts on that");
            }
        }
    }

    [Theory]
    [InlineData("Serving", true)]
    [InlineData("Replacing", true)]
    [InlineData("Draining", false)]
    [InlineData("Gone", false)]
    public void TakesLeases_State_IsTrueUntilItDrains(string state, bool expected)
    {
        lock (_lock)
        {
            Create(state).TakesLeases.ShouldBe(expected);
        }
    }

    [Fact]
    public async Task TryEnd_LeaseIsOut_WaitsForIt()
    {
        await using var pool = new IsolatePool<FakeIsolate>("", new FakeIsolateFactory(), new JsRunPoolOptions(), TimeProvider.System, NullLogger.Instance);
        lock (_lock)
        {
            var slot = Create("Draining");
            var lease = new PoolLease<FakeIsolate>(pool, new PoolLeases<FakeIsolate>(_lock), slot, 0);
            slot.Out.Add(lease);

            slot.TryEnd_NeedsLock().ShouldBeFalse();
            slot.State.ShouldBe(SlotState.Draining);
            slot.Out.Remove(lease);

            slot.TryEnd_NeedsLock().ShouldBeTrue();
        }
    }

    private PoolSlot<FakeIsolate> Create(string state)
    {
        var slot = new PoolSlot<FakeIsolate>(new FakeIsolate(0), _lock);
        foreach (var method in (string[])(state switch { "Replacing" => ["BeginReplacement"], "Draining" => ["Drain"], "Gone" => ["Lose"], _ => [] }))
        {
            Call(slot, method);
        }

        slot.State.ToString().ShouldBe(state);
        return slot;
    }

    private static bool? Call(PoolSlot<FakeIsolate> slot, string method)
    {
        switch (method)
        {
            case "BeginReplacement":
                return slot.BeginReplacement_NeedsLock();
            case "Drain":
                return slot.Drain_NeedsLock();
            case "TryEnd":
                return slot.TryEnd_NeedsLock();
            case "KeepServing":
                slot.KeepServing_NeedsLock();
                return null;
            default:
                slot.Lose_NeedsLock();
                return null;
        }
    }
}
