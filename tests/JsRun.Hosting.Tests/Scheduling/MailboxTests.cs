using JsRun.Scheduling;

namespace JsRun.Hosting.Tests.Scheduling;

public sealed class MailboxTests
{
    [Fact]
    public void Post_Messages_ComeInOrder()
    {
        using var mailbox = new Mailbox();
        var seen = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            var number = i;
            mailbox.Post(new ActionItem(() => seen.Add(number)));
        }

        while (mailbox.TryTake(out var item))
        {
            item.Run();
        }

        seen.ShouldBe([0, 1, 2]);
    }

    [Fact]
    public void Evict_Messages_DropsThoseThatCanMoveAndKeepsTheRestInOrder()
    {
        using var mailbox = new Mailbox();
        var seen = new List<string>();
        mailbox.Post(new ActionItem(() => seen.Add("first")));
        mailbox.Post(new MovableItem(seen));
        mailbox.Post(new ActionItem(() => seen.Add("last")));

        mailbox.Evict();

        while (mailbox.TryTake(out var item))
        {
            item.Run();
        }

        seen.ShouldBe(["moved", "first", "last"]);
    }

    [Fact]
    public void Evict_MessageComesMeanwhile_StaysBehindThoseBeforeIt()
    {
        using var mailbox = new Mailbox();
        var seen = new List<string>();
        mailbox.Post(new ActionItem(() => seen.Add("first")));
        mailbox.Post(new MovableItem(seen) { Dropped = () => mailbox.Post(new ActionItem(() => seen.Add("meanwhile"))) });
        mailbox.Post(new ActionItem(() => seen.Add("last")));

        mailbox.Evict();
        mailbox.Evict();

        while (mailbox.TryTake(out var item))
        {
            item.Run();
        }

        seen.ShouldBe(["moved", "first", "last", "meanwhile"]);
    }

    [Fact]
    public void Post_AfterClose_IsDropped()
    {
        using var mailbox = new Mailbox();
        var dropped = 0;
        mailbox.Post(new ActionItem(() => { }, () => dropped++));
        mailbox.Close();
        mailbox.Post(new ActionItem(() => { }, () => dropped++));

        dropped.ShouldBe(2);
        mailbox.TryTake(out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Post_RacingWithClose_EachMessageIsRunOrDroppedOnce()
    {
        const int each = 2000;
        for (var round = 0; round < 20; round++)
        {
            var mailbox = new Mailbox();
            var counts = new int[4 * each];
            var closing = false;
            var writers = Enumerable.Range(0, 4).Select(w => Task.Run(() =>
            {
                for (var i = 0; i < each; i++)
                {
                    var index = (w * each) + i;
                    mailbox.Post(new ActionItem(() => Interlocked.Increment(ref counts[index]), () => Interlocked.Increment(ref counts[index])));
                }
            }, TestContext.Current.CancellationToken)).ToArray();
            var reader = Task.Run(() =>
            {
                while (!Volatile.Read(ref closing))
                {
                    while (mailbox.TryTake(out var item))
                    {
                        item.Run();
                    }

                    mailbox.Wait();
                }
            }, TestContext.Current.CancellationToken);
            await writers[round % 4];
            mailbox.Close();
            await Task.WhenAll(writers).InTime();
            Volatile.Write(ref closing, true);
            mailbox.Wake();
            await reader.InTime();

            counts.ShouldAllBe(c => c == 1);
        }
    }

    [Fact]
    public async Task Wait_PostedBefore_ReturnsAtOnce()
    {
        using var mailbox = new Mailbox();
        mailbox.Post(new ActionItem(() => { }));

        await Task.Run(mailbox.Wait, TestContext.Current.CancellationToken).InTime();
    }

    private sealed class MovableItem(List<string> seen) : IWorkItem
    {
        public Action? Dropped { get; init; }

        public bool CanMove => true;

        public void Run() => seen.Add("run");

        public void Drop()
        {
            seen.Add("moved");
            Dropped?.Invoke();
        }
    }
}
