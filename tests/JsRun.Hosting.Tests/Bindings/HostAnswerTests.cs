using JsRun.Bindings;

namespace JsRun.Hosting.Tests.Bindings;

public sealed class HostAnswerTests
{
    public static TheoryData<object?> Values => [(object?)null, 1, 1.5, "x", true, DateTimeOffset.UnixEpoch, new object(), new[] { 1 }];

    [Theory]
    [MemberData(nameof(Values))]
    public void AsTask_Value_IsNone(object? value) => HostAnswer.AsTask(value).ShouldBeNull();

    [Fact]
    public async Task AsTask_Tasks_GiveTheirValue()
    {
        (await HostAnswer.AsTask(Task.FromResult(1))!).ShouldBe(1);
        (await HostAnswer.AsTask(Task.FromResult<object?>("x"))!).ShouldBe("x");
        (await HostAnswer.AsTask((object)new ValueTask<int>(2))!).ShouldBe(2);
        (await HostAnswer.AsTask(Later(3))!).ShouldBe(3);
        (await HostAnswer.AsTask(Later<string?>(null))!).ShouldBeNull();
    }

    [Fact]
    public async Task AsTask_TasksWithoutValue_GiveUndefined()
    {
        (await HostAnswer.AsTask(Task.CompletedTask)!).ShouldBe(JsUndefined.Value);
        (await HostAnswer.AsTask(default(ValueTask))!).ShouldBe(JsUndefined.Value);
        (await HostAnswer.AsTask(Nothing())!).ShouldBe(JsUndefined.Value);
        (await HostAnswer.AsTask(new Task(static () => { }).Started())!).ShouldBe(JsUndefined.Value);
    }

    [Fact]
    public async Task AsTask_Failure_IsTheTasksOwn()
    {
        async Task<int> FailAsync()
        {
            await Task.Yield();
            throw new InvalidOperationException("own");
        }

        (await Should.ThrowAsync<InvalidOperationException>(() => HostAnswer.AsTask(FailAsync())!)).Message.ShouldBe("own");
    }

    private static async Task<T> Later<T>(T value)
    {
        await Task.Yield();
        return value;
    }

    private static async Task Nothing() => await Task.Yield();
}

file static class TaskExtensions
{
    public static Task Started(this Task task)
    {
        task.Start(TaskScheduler.Default);
        return task;
    }
}
