using JsRun.Runtimes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace JsRun.Hosting.Tests.Runtimes;

/// <summary>Timers of an embedder's runtime, as the original's later versions have them (test_timers.py).</summary>
public sealed class TimerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Upstream", "TIMERS::test_timer_globals_exist")]
    public async Task Globals_AllFour_AreFunctions() =>
        (await EvaluateAsync<string>("[setTimeout, setInterval, clearTimeout, clearInterval].map(f => typeof f).join()")).ShouldBe("function,function,function,function");

    [Fact]
    [Trait("Upstream", "TIMERS::test_deno_still_hidden")]
    public async Task Globals_Deno_IsHidden() => (await EvaluateAsync<string>("typeof Deno")).ShouldBe("undefined");

    [Fact]
    [Trait("Upstream", "TIMERS::test_set_timeout_returns_id")]
    public async Task SetTimeout_Id_IsAPositiveNumber() => (await EvaluateAsync<bool>("const id = setTimeout(() => {}, 0); typeof id === 'number' && id > 0")).ShouldBeTrue();

    [Fact]
    [Trait("Upstream", "TIMERS::test_set_timeout_resolves_promise")]
    public async Task SetTimeout_TenMilliseconds_ResolvesAPromise() => (await EvaluateAsync<string>("new Promise(done => setTimeout(() => done('done'), 10))")).ShouldBe("done");

    [Fact]
    [Trait("Upstream", "TIMERS::test_set_timeout_extra_args")]
    public async Task SetTimeout_ExtraArguments_ArePassedOn() => (await EvaluateAsync<int>("new Promise(done => setTimeout((a, b) => done(a + b), 1, 40, 2))")).ShouldBe(42);

    [Theory]
    [InlineData("")]
    [InlineData(", 0")]
    [InlineData(", -5")]
    [InlineData(", NaN")]
    [InlineData(", Infinity")]
    [Trait("Upstream", "TIMERS::test_zero_delay")]
    public async Task SetTimeout_NoDelay_Fires(string delay) => (await EvaluateAsync<string>($"new Promise(done => setTimeout(() => done('fired'){delay}))")).ShouldBe("fired");

    [Fact]
    [Trait("Upstream", "TIMERS::test_clear_timeout")]
    public async Task ClearTimeout_Pending_NeverFires() =>
        (await EvaluateAsync<string>("new Promise(done => { const id = setTimeout(() => done('fired'), 5); clearTimeout(id); setTimeout(() => done('kept'), 20); })")).ShouldBe("kept");

    [Fact]
    [Trait("Upstream", "TIMERS::test_timer_fires_between_evals")]
    public async Task SetTimeout_NobodyEvaluates_FiresByItself()
    {
        await using var host = await TestHost.StartAsync();
        var fired = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var runtime = await host.Runtimes.CreateAsync(new JsRuntimeOptions { Console = { OnMessage = message => fired.TrySetResult(message.Text) } }, Token);
        await runtime.EvaluateTextAsync("globalThis.fired = false; setTimeout(() => { fired = true; console.log('fired'); }, 5); 0", cancellationToken: Token);

        (await fired.Task.InTime()).ShouldBe("fired");

        (await runtime.EvaluateAsync<bool>("fired", cancellationToken: Token)).ShouldBeTrue();
    }

    [Fact]
    [Trait("Upstream", "TIMERS::test_string_callback_type_error")]
    public async Task SetTimeout_String_IsCompiledAsTheStandardHasIt()
    {
        // The original has a TypeError; HTML compiles the string, and so does the surface Full. The surface Contained refuses.
        (await EvaluateAsync<int>("globalThis.n = 0; setTimeout('n = 42', 0); new Promise(done => setTimeout(() => done(n), 1))")).ShouldBe(42);
        (await EvaluateAsync<string>("try { setTimeout('n = 42', 0) } catch (e) { e.name }", JsSurface.Contained)).ShouldBe("EvalError");
    }

    [Fact]
    [Trait("Upstream", "TIMERS::test_set_interval")]
    public async Task SetInterval_ClearedAtTheThird_TickedThrice() =>
        (await EvaluateAsync<int>("new Promise(done => { let n = 0; const id = setInterval(() => { if (++n === 3) { clearInterval(id); setTimeout(() => done(n), 10); } }, 1); })")).ShouldBe(3);

    [Fact]
    [Trait("Upstream", "TIMERS::test_nested_timers")]
    public async Task SetTimeout_Nested_FiresToo() =>
        (await EvaluateAsync<string>("new Promise(done => setTimeout(() => setTimeout(() => setTimeout(() => done('nested'), 1), 1), 1))")).ShouldBe("nested");

    [Fact]
    public async Task SetTimeout_ClockOfTheHost_DecidesWhen()
    {
        var time = new FakeTimeProvider();
        await using var host = await TestHost.StartAsync(services: services => services.AddSingleton<TimeProvider>(time));
        var lines = new List<string>();
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var runtime = await host.Runtimes.CreateAsync(
            new JsRuntimeOptions
            {
                Console = { OnMessage = message =>
                {
                    lines.Add(message.Text);
                    if (message.Text == "hour")
                    {
                        last.SetResult();
                    }
                } },
            },
            Token);
        await runtime.EvaluateTextAsync("setTimeout(() => console.log('hour'), 3600000); setTimeout(() => console.log('minute'), 60000); 0", cancellationToken: Token);

        // The isolate may be about to set its alarm, by the clock as it was.
        await Eventually.HoldsAsync(() =>
        {
            time.Advance(TimeSpan.FromHours(1));
            return last.Task.IsCompleted;
        });
        lines.ShouldBe(["minute", "hour"]);
    }

    private static async Task<T?> EvaluateAsync<T>(string code, JsSurface surface = JsSurface.Full)
    {
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(new JsRuntimeOptions { Surface = surface }, Token);
        return await runtime.EvaluateAsync<T>(code, cancellationToken: Token);
    }
}
