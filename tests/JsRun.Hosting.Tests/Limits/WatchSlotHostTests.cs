using JsRun.Limits;

namespace JsRun.Hosting.Tests.Limits;

/// <summary>What the watchdog does while JavaScript waits for code of the host's, and about turns that take long.</summary>
public sealed class WatchSlotHostTests : IDisposable
{
    private readonly Watchdog _watchdog = new();
    private readonly FakeInterruptible _target = new();

    public void Dispose() => _watchdog.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Tick_LimitReachedInHostCode_TellsOnceAndFiresWhenTheHostReturns(bool isSampled)
    {
        var slot = NewSlot(_target);
        var account = new FakeAccount();
        slot.Begin(account, isSampled);
        slot.LeaveToHost(account);
        slot.Interrupt(account, InterruptReason.Timeout);

        slot.Tick().ShouldBeTrue();
        slot.Tick().ShouldBeTrue();

        _target.BlockedAccounts.ShouldBe([(account, InterruptReason.Timeout)]);
        _target.Interrupts.ShouldBe(0);
        _target.Samples.ShouldBeEmpty();
        slot.ReturnFromHost();
        slot.Tick();
        (_target.Interrupts + _target.Samples.Count).ShouldBe(1);
        slot.End();
    }

    [Fact]
    public void Tick_HostCodeKeepsTheThreadPastItsPatience_Quarantines()
    {
        var target = new FakeInterruptible { HostPatience = TimeSpan.FromMilliseconds(20) };
        var slot = NewSlot(target);
        var account = new FakeAccount();
        slot.Begin(account);
        slot.LeaveToHost(account);

        slot.Tick();
        target.Quarantined.Task.IsCompleted.ShouldBeFalse("there is no limit that it has reached");
        slot.Interrupt(account, InterruptReason.Timeout);

        SpinWait.SpinUntil(() => slot.Tick() && target.Quarantined.Task.IsCompleted, TimeSpan.FromSeconds(30)).ShouldBeTrue();
    }

    [Fact]
    public void Tick_NestedEntryWithinHostCode_IsInterruptedForTheOuterOne()
    {
        var slot = NewSlot(_target);
        var account = new FakeAccount();
        slot.Begin(account);
        slot.LeaveToHost(account);
        slot.Begin(new FakeAccount());
        slot.Interrupt(account, InterruptReason.Timeout);

        slot.Tick();

        _target.Interrupts.ShouldBe(1);
        slot.End().ShouldBe(InterruptReason.Timeout);
        slot.ReturnFromHost();
        slot.End().ShouldBe(InterruptReason.Timeout);
    }

    [Fact]
    public void Tick_TurnTakesLongerThanItsLimit_IsInterrupted()
    {
        var slot = NewSlot(_target);
        var account = new FakeAccount();
        slot.Begin(account);
        slot.Tick();
        _target.Interrupts.ShouldBe(0);

        (account.TurnLimitSince, account.TurnLimit) = (Watchdog.Now, TimeSpan.FromMilliseconds(20));

        SpinWait.SpinUntil(() => slot.Tick() && _target.Interrupts > 0, TimeSpan.FromSeconds(30)).ShouldBeTrue();
        slot.End().ShouldBe(InterruptReason.Leftover);
    }

    private WatchSlot NewSlot(FakeInterruptible target)
    {
        var slot = new WatchSlot(target, _watchdog);
        slot.Attach();
        return slot;
    }
}
