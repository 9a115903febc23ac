using JsRun.Limits;

namespace JsRun.Hosting.Tests.Limits;

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
    public void EvictIfLong_TurnBecomesLong_EvictsOnce()
    {
        var slot = NewSlot();
        slot.Begin(new FakeAccount());

        SpinWait.SpinUntil(
            () =>
            {
                slot.EvictIfLong();
                return _target.EvictedOnce.Task.IsCompleted;
            },
            TimeSpan.FromSeconds(30)).ShouldBeTrue();
        slot.EvictIfLong();

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
    [Trait("Clock", "real")]
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
    public void Tick_EntryThatIsSampled_RequestsASampleAndDoesNotInterruptByItself()
    {
        var slot = NewSlot();
        var account = new FakeAccount { CpuLimit = TimeSpan.FromMilliseconds(1) };
        slot.Begin(account, isSampled: true);
        Burn(TimeSpan.FromMilliseconds(5));

        slot.Tick();
        slot.Tick();

        _target.Samples.Count.ShouldBe(2);
        _target.Interrupts.ShouldBe(0);
        slot.Sample(_target.Samples[0], account, isKnown: true).ShouldBeTrue();
        slot.End(out var offender).ShouldBe(InterruptReason.CpuTime);
        offender.ShouldBeSameAs(account);
    }

    [Fact]
    [Trait("Clock", "real")]
    public void Sample_CodeOfAnother_CountsForThatOneAndItsLimitHolds()
    {
        var slot = NewSlot();
        var innocent = new FakeAccount { CpuLimit = TimeSpan.FromMilliseconds(60) };
        var offender = new FakeAccount { CpuLimit = TimeSpan.FromMilliseconds(60) };
        slot.Begin(innocent, isSampled: true);
        slot.Tick();
        var entry = _target.Samples[0];
        var samples = 0;
        do
        {
            Burn(TimeSpan.FromMilliseconds(15));
            samples++;
        }
        while (!slot.Sample(entry, offender, isKnown: true) && samples < 100);

        samples.ShouldBeInRange(2, 5);
        slot.End(out var ended).ShouldBe(InterruptReason.CpuTime);
        ended.ShouldBeSameAs(offender);
        innocent.CpuTime.ShouldBeLessThan(TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    [Trait("Clock", "real")]
    public void Sample_LongBuiltinBetweenTwo_IsNotCountedForTheNextAccount()
    {
        var slot = NewSlot();
        var next = new FakeAccount { CpuLimit = TimeSpan.FromMilliseconds(100) };
        slot.Begin(new FakeAccount(), isSampled: true);
        slot.Tick();
        Burn(TimeSpan.FromMilliseconds(300));

        slot.Sample(_target.Samples[0], next, isKnown: true).ShouldBeFalse();

        next.CpuTime.ShouldBe(TimeSpan.FromMilliseconds(20));
        slot.End().ShouldBe(InterruptReason.None);
    }

    [Fact]
    public void Sample_InTheNextEntry_CountsForNothing()
    {
        var slot = NewSlot();
        var account = new FakeAccount();
        slot.Begin(account, isSampled: true);
        slot.Tick();
        slot.Interrupt(account, InterruptReason.Timeout);
        slot.End().ShouldBe(InterruptReason.None);
        slot.Begin(account, isSampled: true);

        slot.Sample(_target.Samples[0], account, isKnown: true).ShouldBeFalse();

        slot.End().ShouldBe(InterruptReason.None);
    }

    [Fact]
    public void Interrupt_WhoRunsNowIsAnother_FiresOnlyWhenItsOwnCodeIsSeen()
    {
        var slot = NewSlot();
        var account = new FakeAccount();
        var late = new FakeAccount();
        slot.Begin(account, isSampled: true);
        slot.Tick();
        slot.Interrupt(late, InterruptReason.Timeout).ShouldBeFalse();

        slot.Sample(_target.Samples[0], account, isKnown: true).ShouldBeFalse();
        slot.Sample(_target.Samples[0], late, isKnown: true).ShouldBeTrue();
        slot.Tick();

        _target.Interrupts.ShouldBe(1);
        slot.End(out var offender).ShouldBe(InterruptReason.Timeout);
        offender.ShouldBeSameAs(late);
        slot.ClearInterrupt(late);
        slot.Begin(late, isSampled: true);
        slot.Tick();
        slot.Sample(_target.Samples[^1], late, isKnown: true).ShouldBeFalse();
    }

    [Fact]
    public void Sample_CodeOfNoAccount_TheEntrysOwnAccountIsCharged()
    {
        var slot = NewSlot();
        var account = new FakeAccount();
        slot.Begin(account, isSampled: true);
        slot.Tick();
        slot.Interrupt(account, InterruptReason.Timeout).ShouldBeTrue();

        slot.Sample(_target.Samples[0], new FakeAccount(), isKnown: false).ShouldBeTrue();

        slot.End(out var offender).ShouldBe(InterruptReason.Timeout);
        offender.ShouldBeSameAs(account);
    }

    [Fact]
    public async Task Tick_NoSampleIsAnswered_InterruptsInTheEnd()
    {
        var slot = _watchdog.Add(_target);
        slot.Attach();
        var account = new FakeAccount();
        slot.Begin(account, isSampled: true);
        slot.Interrupt(account, InterruptReason.Timeout);

        await _target.Interrupted.Task.InTime();

        slot.End(out var offender).ShouldBe(InterruptReason.Timeout);
        offender.ShouldBeSameAs(account);
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
