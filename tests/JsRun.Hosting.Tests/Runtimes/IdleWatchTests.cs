namespace JsRun.Hosting.Tests.Runtimes;

public sealed class IdleWatchTests
{
    [Fact]
    public async Task WaitForIdleAsync_RuntimeEndsWhileManyBeginToWait_EachIsTold()
    {
        await using var host = await TestHost.StartAsync();
        for (var round = 0; round < 10; round++)
        {
            var runtime = await host.Runtimes.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
            await runtime.EvaluateAsync("setTimeout(() => {}, 1e6)", cancellationToken: TestContext.Current.CancellationToken);

            var waits = Enumerable.Range(0, 50).Select(_ => runtime.WaitForIdleAsync(TestContext.Current.CancellationToken).AsTask()).ToArray();
            await runtime.DisposeAsync();

            foreach (var wait in waits)
            {
                await Should.ThrowAsync<ObjectDisposedException>(async () => await wait.InTime());
            }
        }
    }
}
