using JsRun.Scheduling;

namespace JsRun.Hosting.Tests.Scheduling;

public sealed class TaskItemTests
{
    private static readonly InvalidOperationException Failure = new("failed");

    [Fact]
    public async Task Run_ActionEnds_TaskEndsAfterIt()
    {
        var ran = false;
        var item = new TaskItem(() => ran = true, static () => Failure);
        item.Done.IsCompleted.ShouldBeFalse();

        item.Run();

        await item.Done.InTime();
        ran.ShouldBeTrue();
    }

    [Fact]
    public async Task Run_ActionThrows_TaskFailsWithThat()
    {
        var item = new TaskItem(static () => throw Failure, static () => new JsTerminatedException("dropped"));

        item.Run();

        (await Should.ThrowAsync<InvalidOperationException>(() => item.Done.InTime())).ShouldBeSameAs(Failure);
    }

    [Fact]
    public async Task Run_ActionThrowsAndFailureIsTranslated_TaskFailsWithTheTranslation()
    {
        var item = new TaskItem(static () => throw Failure, static () => Failure, static e => new JsTerminatedException("translated", e));

        item.Run();

        (await Should.ThrowAsync<JsTerminatedException>(() => item.Done.InTime())).InnerException.ShouldBeSameAs(Failure);
    }

    [Fact]
    public async Task Drop_NobodyTakesIt_TaskFailsAndTheActionDoesNotRun()
    {
        var ran = false;
        var item = new TaskItem(() => ran = true, static () => Failure);

        item.Drop();

        (await Should.ThrowAsync<InvalidOperationException>(() => item.Done.InTime())).ShouldBeSameAs(Failure);
        ran.ShouldBeFalse();
    }
}
