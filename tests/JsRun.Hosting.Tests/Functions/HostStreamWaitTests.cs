using Microsoft.Extensions.DependencyInjection;

namespace JsRun.Hosting.Tests.Functions;

/// <summary>A request that reads a host's stream waits for the host until the answer is in JavaScript, not only until the enumerator has one.</summary>
[Trait("Clock", "real")]
public sealed class HostStreamWaitTests
{
    [Theory]
    [InlineData(JsNativeMode.Auto, false, "[0,\"end\"]")]
    [InlineData(JsNativeMode.Off, false, "[0,\"end\"]")]
    [InlineData(JsNativeMode.Auto, true, "[0,\"HostError\"]")]
    [InlineData(JsNativeMode.Off, true, "[0,\"HostError\"]")]
    public async Task Handler_ReadsAStreamWhoseEndTakesLong_DoesNotCountAsStalled(JsNativeMode native, bool fails, string answer)
    {
        var ends = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var app = await FunctionApp.StartAsync(
            options =>
            {
                options.Engine.Native = native;
                options.Permissions.Add("op:*");
            },
            services: services => services.AddJsRun()
                .AddOp("ends", () => ends.Task, JsOpMode.Async)
                .AddBinding("F", new Dictionary<string, object?> { ["items"] = new Func<object>(() => new SlowEnd(ends, fails)) }));
        var function = await app.HandleAsync(
            """
            const read = (async () => {
              const all = [];
              try { for await (const item of env.F.items()) all.push(item); all.push('end'); }
              catch (e) { all.push(e.name); }
              return all;
            })();
            // An entry that ends while the enumerator does.
            await env.ends();
            return Response.json(await read);
            """);

        (await function.GetAsync()).ShouldBe(answer);
    }

    private sealed class SlowEnd(TaskCompletionSource ends, bool fails) : IAsyncEnumerable<object?>, IAsyncEnumerator<object?>
    {
        private int _moves;

        public object? Current => 0;

        public IAsyncEnumerator<object?> GetAsyncEnumerator(CancellationToken cancellationToken = default) => this;

        public ValueTask<bool> MoveNextAsync() => ++_moves == 1 ? ValueTask.FromResult(true) : fails ? throw new InvalidOperationException("of the host") : ValueTask.FromResult(false);

        public async ValueTask DisposeAsync()
        {
            ends.SetResult();
            // Long enough for the other answer to be in JavaScript; the test holds however long that takes.
            await Task.Delay(100);
        }
    }
}
