using System.Collections.Concurrent;

namespace JsRun.Hosting.Tests.Runtimes;

/// <summary>Imports by threads that have a synchronization context of their own.</summary>
public sealed class ImportContextTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ImportAsync_BlockedOnInAOneThreadedContext_Ends(bool rented)
    {
        await using var host = await TestHost.StartAsync();
        await using var runtime = rented ? await host.Runtimes.RentAsync(Token) : await host.Runtimes.CreateAsync(cancellationToken: Token);
        var resolvedIn = new ConcurrentQueue<SynchronizationContext?>();
        runtime.Modules.Resolver = request =>
        {
            resolvedIn.Enqueue(SynchronizationContext.Current);
            return request.Specifier;
        };
        runtime.Modules.Loader = async (request, cancellationToken) =>
        {
            // It goes on in the context that it was called in.
            await Task.Yield();
            return "export const a = 7";
        };
        var context = new OneThread();

        var result = await context.Run(() => runtime.ImportAsync("http://x/a.js", cancellationToken: Token).AsTask().GetAwaiter().GetResult()["a"]).InTime();

        result.ShouldBe(7L);
        resolvedIn.ShouldNotBeEmpty();
        resolvedIn.ShouldAllBe(c => c != context);
    }

    private sealed class OneThread : SynchronizationContext
    {
        private readonly BlockingCollection<Action> _posted = [];

        public override void Post(SendOrPostCallback d, object? state) => _posted.Add(() => d(state));

        public Task<object?> Run(Func<object?> work)
        {
            var done = new TaskCompletionSource<object?>(TaskCreationOptions.RunContinuationsAsynchronously);
            new Thread(() =>
            {
                SetSynchronizationContext(this);
                try
                {
                    done.SetResult(work());
                }
                catch (Exception e)
                {
                    done.SetException(e);
                }
            })
            { IsBackground = true }.Start();
            return done.Task;
        }
    }
}
