using JsRun.Scheduling;

namespace JsRun.Hosting.Tests.Scheduling;

public sealed class BackgroundTaskTests
{
    [Fact]
    public async Task Forget_TaskThatFails_IsLoggedWithWhatMadeIt()
    {
        using var logs = new LogCollector();
        var error = new InvalidOperationException("broken");
        var work = new TaskCompletionSource();

        work.Task.Forget(logs.CreateLogger("test"));
        logs.Entries.ShouldBeEmpty();
        work.SetException(error);

        var entry = await logs.WaitForAsync(static e => e.Id == 146);
        entry.Exception.ShouldBe(error);
        entry.Message.ShouldContain("work.Task");
    }

    [Fact]
    public void Forget_TaskThatEndsWell_LogsNothing()
    {
        using var logs = new LogCollector();
        var work = new TaskCompletionSource();

        work.Task.Forget(logs.CreateLogger("test"));
        work.SetResult();
        Task.FromCanceled(new CancellationToken(canceled: true)).Forget(logs.CreateLogger("test"));

        logs.Entries.ShouldBeEmpty();
    }
}
