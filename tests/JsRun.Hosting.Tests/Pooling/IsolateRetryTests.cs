using JsRun.Pooling;

namespace JsRun.Hosting.Tests.Pooling;

public sealed class IsolateRetryTests
{
    private int _attempts;

    [Fact]
    public async Task RunAsync_IsolateLost_BeginsAnewOnTheNext()
    {
        (await IsolateRetry.RunAsync(() => LostUntil(IsolateRetry.MostAttempts))).ShouldBe(IsolateRetry.MostAttempts);

        _attempts.ShouldBe(IsolateRetry.MostAttempts);
    }

    [Fact]
    public async Task RunAsync_EveryIsolateLost_Fails()
    {
        await Should.ThrowAsync<JsIsolateLostException>(() => IsolateRetry.RunAsync(() => LostUntil(int.MaxValue)));

        _attempts.ShouldBe(IsolateRetry.MostAttempts);
    }

    [Fact]
    public async Task RunAsync_AnotherError_IsTheCallersAtOnce()
    {
        await Should.ThrowAsync<JsTimeoutException>(() => IsolateRetry.RunAsync<int>(() => throw new JsTimeoutException($"{++_attempts}")));

        _attempts.ShouldBe(1);
    }

    [Fact]
    public async Task RunAsync_ErrorThatPassesOnce_IsRetriedOnce()
    {
        await Should.ThrowAsync<JsMemoryLimitException>(() => IsolateRetry.RunAsync<int>(
            () => throw new JsMemoryLimitException($"{++_attempts}"),
            static (error, attempt) => error is JsMemoryLimitException && attempt == 1));

        _attempts.ShouldBe(2);
    }

    private Task<int> LostUntil(int last) => ++_attempts < last ? throw new JsIsolateLostException("lost") : Task.FromResult(_attempts);
}
