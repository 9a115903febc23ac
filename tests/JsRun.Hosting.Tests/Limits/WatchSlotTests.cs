using JsRun.Hosting.Tests;
using JsRun.Limits;

namespace JsRun.Tests.Limits;

public sealed class WatchSlotTests : IDisposable
{
    private readonly Watchdog _watchdog = new();
    private readonly FakeInterruptible _target = new();

    public void Dispose() => _watchdog.Dispose();

    [Fact]
    public void Interrupt_OtherAccountRuns_DoesNothing()
    {
        var slot = NewSlot();
        slot.Begin(new FakeAccount());

        slot.Interrupt(new FakeAccount(), InterruptReason.Timeout);
        slot.Tick();

        slot.End().ShouldBe(InterruptReason.None);
        _target.Interrupts.ShouldBe(0);
    }

    [Fact]
    public void ShedIfLong_TurnBecomesLong_TellsOnce()
    {
        var slot = NewSlot();
        slot.Begin(new FakeAccount());

        SpinWait.SpinUntil(
            () =>
            {
                slot.ShedIfLong();
                return _target.ShedOnce.Task.IsCompleted;
            },
            TimeSpan.FromSeconds(30)).ShouldBeTrue();
        slot.ShedIfLong();

        slot.End().ShouldBe(InterruptReason.None);
    }

    [Fact]
    public void Interrupt_AccountRuns_FiresAtEveryTickUntilTheEnd()
    {
        var slot = NewSlot();
        var account = new FakeAccount();
        slot.Begin(account);

        slot.Interrupt(account, InterruptReason.Timeout);
        _target.Interrupts.ShouldBe(0, "an entry that comes back before the next tick is left alone");
        slot.Tick().ShouldBeTrue();
        slot.Tick().ShouldBeTrue();

        slot.End().ShouldBe(InterruptReason.Timeout);
        _target.Interrupts.ShouldBe(2);
        slot.Tick().ShouldBeFalse();
        _target.Interrupts.ShouldBe(2);
    }

    [Fact]
    public void Interrupt_EntryBackBeforeTheTick_NeitherItNorTheNextIsHit()
    {
        var slot = NewSlot();
        var account = new FakeAccount();
        slot.Begin(account);
        slot.Interrupt(account, InterruptReason.Timeout);
        slot.End().ShouldBe(InterruptReason.None);

        slot.Begin(account);
        slot.Tick();

        slot.End().ShouldBe(InterruptReason.None);
        _target.Interrupts.ShouldBe(0);
    }

    [Fact]
    public void InterruptAll_NothingRuns_HitsWhatIsEnteredNext()
    {
        var slot = NewSlot();

        slot.InterruptAll(InterruptReason.Stopping);
        slot.Begin(new FakeAccount());
        slot.Tick();

        slot.End().ShouldBe(InterruptReason.Stopping);
    }

    [Fact]
    public void Interrupt_Twice_FirstReasonCounts()
    {
        var slot = NewSlot();
        var account = new FakeAccount();
        slot.Begin(account);

        slot.Interrupt(account, InterruptReason.Cancelled);
        slot.Interrupt(account, InterruptReason.Timeout);
        slot.Tick();

        slot.End().ShouldBe(InterruptReason.Cancelled);
    }

    [Fact]
    public void Tick_CpuLimitSpreadOverEntries_FiresInTheEntryThatPassesIt()
    {
        var slot = NewSlot();
        var account = new FakeAccount { CpuLimit = TimeSpan.FromMilliseconds(60) };
        var entries = 0;
        do
        {
            slot.Begin(account);
            Burn(TimeSpan.FromMilliseconds(15));
            slot.Tick();
            slot.Tick();
            entries++;
        }
        while (slot.End() == InterruptReason.None && entries < 100);

        entries.ShouldBeInRange(2, 5);
        account.CpuTime.ShouldBeGreaterThan(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void Tick_JustUnderTheCpuLimit_DoesNothing()
    {
        var slot = NewSlot();
        var account = new FakeAccount { CpuLimit = TimeSpan.FromSeconds(10) };
        slot.Begin(account);
        Burn(TimeSpan.FromMilliseconds(5));

        slot.Tick();

        slot.End().ShouldBe(InterruptReason.None);
    }

    [Fact]
    public async Task Tick_EntryDoesNotStop_IsQuarantinedOnce()
    {
        var slot = _watchdog.Add(_target);
        slot.Attach();
        var times = 0;
        _target.OnQuarantine = () => times++;
        var account = new FakeAccount();
        slot.Begin(account);
        slot.Interrupt(account, InterruptReason.Timeout);

        await _target.Quarantined.Task.InTime();

        slot.IsBusyFor(TimeSpan.FromMilliseconds(10)).ShouldBeTrue();
        var seen = _target.Interrupts;
        await Eventually.HoldsAsync(() => _target.Interrupts > seen + 2);
        times.ShouldBe(1);
    }

    [Fact]
    public async Task Quarantine_WhileAnotherHoldsALockAndAsksWhetherItIsBusy_IsNoDeadlock()
    {
        var pool = new Lock();
        var slot = _watchdog.Add(_target);
        slot.Attach();
        using var held = new ManualResetEventSlim();
        _target.OnQuarantine = () =>
        {
            held.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            lock (pool)
            {
            }
        };
        var account = new FakeAccount();
        slot.Begin(account);
        slot.Interrupt(account, InterruptReason.Timeout);

        var asked = Task.Run(
            () =>
            {
                lock (pool)
                {
                    held.Set();
                    return slot.IsBusyFor(TimeSpan.Zero);
                }
            },
            TestContext.Current.CancellationToken);

        (await asked.InTime()).ShouldBeTrue();
        await _target.Quarantined.Task.InTime();
    }

    [Fact]
    public async Task Watchdog_NothingRuns_Parks()
    {
        var slot = _watchdog.Add(_target);
        slot.Begin(null);
        slot.End();

        await Eventually.HoldsAsync(() => _watchdog.IsParked);

        // And it wakes for whoever comes.
        var account = new FakeAccount();
        slot.Attach();
        slot.Begin(account);
        slot.Interrupt(account, InterruptReason.Timeout);
        await _target.Interrupted.Task.InTime();
        slot.End().ShouldBe(InterruptReason.Timeout);
    }

    // Not added to a watchdog: its ticks are the test's.
    private WatchSlot NewSlot()
    {
        var slot = new WatchSlot(_target, _watchdog);
        slot.Attach();
        return slot;
    }

    private static void Burn(TimeSpan cpu)
    {
        var until = ThreadClock.ReadOwn() + cpu;
        while (ThreadClock.ReadOwn() < until)
        {
        }
    }
}
