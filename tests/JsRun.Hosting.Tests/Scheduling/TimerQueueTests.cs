using JsRun.Scheduling;
using Microsoft.Extensions.Time.Testing;

namespace JsRun.Hosting.Tests.Scheduling;

public sealed class TimerQueueTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly Mailbox _mailbox = new();
    private readonly TimerQueue _queue;

    public TimerQueueTests() => _queue = new TimerQueue(_time, _mailbox);

    public void Dispose()
    {
        _queue.Dispose();
        _mailbox.Dispose();
    }

    [Fact]
    public void TakeDue_SeveralTimers_ComeByDueTimeAndThenByAge()
    {
        Add("c", 20);
        Add("a", 10);
        Add("b", 10);
        Add("later", 21);

        _time.Advance(TimeSpan.FromMilliseconds(20));

        Names().ShouldBe(["a", "b", "c"]);
        _queue.HasDue.ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Names().ShouldBe(["later"]);
    }

    [Fact]
    public void TakeDue_TimersThatSetTimers_EndsWithThoseThatWereThere()
    {
        Add("first", 0);
        var taken = 0;
        foreach (var _ in _queue.TakeDue())
        {
            taken++;
            Add("next", 0);
        }

        taken.ShouldBe(1);
        _queue.HasDue.ShouldBeTrue();
        Names().ShouldBe(["next"]);
    }

    [Fact]
    public void TakeDue_StoppedTimer_IsLeftOut()
    {
        Add("a", 0).Stopped = true;
        var second = Add("b", 0);
        Add("c", 0);
        var names = new List<string>();
        foreach (var timer in _queue.TakeDue())
        {
            names.Add(((Named)timer).Name);
            second.Stopped = true;
        }

        names.ShouldBe(["b", "c"]);
    }

    [Fact]
    public async Task Arm_FirstTimerDue_WakesTheMailbox()
    {
        Add("late", 50);
        Add("soon", 10);
        _queue.Arm();
        var woken = Task.Run(_mailbox.Wait, TestContext.Current.CancellationToken);

        _time.Advance(TimeSpan.FromMilliseconds(9));
        woken.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1));

        await woken.InTime();
    }

    [Fact]
    public async Task Arm_AfterDisarm_SetsTheAlarmAgain()
    {
        Add("a", 10);
        _queue.Arm();
        _time.Advance(TimeSpan.FromMilliseconds(10));
        _mailbox.Wait();
        _queue.Disarm();
        Names().ShouldBe(["a"]);
        Add("b", 10);
        _queue.Arm();
        var woken = Task.Run(_mailbox.Wait, TestContext.Current.CancellationToken);

        _time.Advance(TimeSpan.FromMilliseconds(10));

        await woken.InTime();
    }

    [Fact]
    public void Arm_OnlyStoppedTimers_LeavesTheThreadAlone()
    {
        Add("a", 10).Stopped = true;

        _queue.Arm();

        _queue.HasDue.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));
        Names().ShouldBeEmpty();
    }

    private Named Add(string name, int milliseconds)
    {
        var timer = new Named(name);
        _queue.Add(timer, TimeSpan.FromMilliseconds(milliseconds));
        return timer;
    }

    private List<string> Names() => [.. _queue.TakeDue().Cast<Named>().Select(t => t.Name)];

    private sealed class Named(string name) : ScheduledItem
    {
        public string Name { get; } = name;
    }
}
