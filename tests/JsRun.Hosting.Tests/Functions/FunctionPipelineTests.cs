using Microsoft.Extensions.DependencyInjection;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace JsRun.Hosting.Tests.Functions;

public sealed class FunctionPipelineTests
{
    private const string FailsOnce = "export default { fetch(request, env) { if (env.attempt() < 2) throw new Error('not yet'); return new Response('done'); } }";

    [Theory]
    [InlineData(EdgeFunctionPipelinePosition.Inner)]
    [InlineData(EdgeFunctionPipelinePosition.Outer)]
    public async Task ConfigureFunctionPipeline_Retry_IsForTheFunctionsThatGetIt(EdgeFunctionPipelinePosition position)
    {
        var attempts = 0;
        await using var app = await StartAsync(
            () => ++attempts,
            builder => builder.ConfigureFunctionPipeline(
                (pipeline, function) =>
                {
                    if (function.FunctionName == "search.js")
                    {
                        pipeline.AddRetry(Retry<JavaScriptException>());
                    }
                },
                position));

        (await (await app.DeployAsync(FailsOnce, "search.js")).GetAsync()).ShouldBe("done");
        attempts.ShouldBe(2);
        attempts = 0;
        await Should.ThrowAsync<JavaScriptException>(async () => await (await app.DeployAsync(FailsOnce, "other.js")).GetAsync());
        attempts.ShouldBe(1);
        await app.LeasesReturnedAsync();
    }

    [Fact]
    [Trait("Clock", "real")]
    public async Task ConfigureFunctionPipeline_Outer_SeesTheTimeLimitAndHasItForEachAttempt()
    {
        var attempts = 0;
        await using var app = await StartAsync(
            () => ++attempts,
            builder => builder.ConfigureFunctionPipeline((pipeline, _) => pipeline.AddRetry(Retry<TimeoutRejectedException>()), EdgeFunctionPipelinePosition.Outer),
            o => o.Limits.Timeout = TimeSpan.FromMilliseconds(300));
        var function = await app.HandleAsync("if (env.attempt() < 2) await new Promise(resolve => setTimeout(resolve, 60_000)); return new Response('done');");

        (await function.GetAsync()).ShouldBe("done");
        attempts.ShouldBe(2);
    }

    [Fact]
    [Trait("Clock", "real")]
    public async Task ConfigureFunctionPipeline_Inner_IsWithinTheTimeLimit()
    {
        await using var app = await StartAsync(
            () => 1,
            builder => builder.ConfigureFunctionPipeline((pipeline, _) => pipeline.AddRetry(new RetryStrategyOptions { ShouldHandle = new PredicateBuilder().Handle<JavaScriptException>(), MaxRetryAttempts = int.MaxValue, Delay = TimeSpan.Zero })),
            o => o.Limits.Timeout = TimeSpan.FromMilliseconds(300));

        await Should.ThrowAsync<JsTimeoutException>(async () => await (await app.DeployAsync(FailsOnce)).GetAsync());
    }

    [Fact]
    public async Task ConfigureFunctionPipeline_Several_AreNestedInTheirOrder()
    {
        var steps = new List<string>();
        await using var app = await StartAsync(
            () => 2,
            builder => builder
                .ConfigureFunctionPipeline((pipeline, f) => pipeline.AddStrategy(_ => new Step(steps, $"inner {f.Group}{f.File}"), new Step.Options()))
                .ConfigureFunctionPipeline((pipeline, _) => pipeline.AddStrategy(_ => new Step(steps, "innermost"), new Step.Options()))
                .ConfigureFunctionPipeline((pipeline, _) => pipeline.AddStrategy(_ => new Step(steps, "outer"), new Step.Options()), EdgeFunctionPipelinePosition.Outer));

        await (await app.DeployAsync(FailsOnce, "f.js")).GetAsync();

        steps.ShouldBe(["outer", "inner f.js", "innermost"]);
    }

    [Fact]
    public async Task ConfigureFunctionPipeline_Throws_FailsTheDeploymentWithItsCause()
    {
        var throws = true;
        await using var app = await StartAsync(() => 2, builder => builder.ConfigureFunctionPipeline((_, _) => _ = throws ? throw new IOException("broken") : 0));

        (await Should.ThrowAsync<InvalidOperationException>(() => app.DeployAsync(FailsOnce, "f.js"))).InnerException.ShouldBeOfType<IOException>();
        throws = false;
        (await (await app.DeployAsync(FailsOnce, "f.js")).GetAsync()).ShouldBe("done");
    }

    [Fact]
    public async Task ConfigureFunctionPipeline_ReplacedPipeline_HasNothingOfIt()
    {
        var attempts = 0;
        await using var app = await FunctionApp.StartAsync(
            o => o.Permissions.Add("op:attempt"),
            services: services => services.AddResiliencePipeline("JsRun:f.js", _ => { }).AddJsRun().AddOp("attempt", () => ++attempts)
                .ConfigureFunctionPipeline((pipeline, _) => pipeline.AddRetry(Retry<JavaScriptException>())));

        await Should.ThrowAsync<JavaScriptException>(async () => await (await app.DeployAsync(FailsOnce, "f.js")).GetAsync());
        attempts.ShouldBe(1);
    }

    [Fact]
    public void ConfigureFunctionPipeline_UndefinedPosition_IsRefused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new ServiceCollection().AddJsRun().ConfigureFunctionPipeline((_, _) => { }, (EdgeFunctionPipelinePosition)2)).ParamName.ShouldBe("position");

    private static Task<FunctionApp> StartAsync(Func<int> attempt, Action<IJsRunBuilder> build, Action<JsRunOptions>? configure = null) => FunctionApp.StartAsync(
        o =>
        {
            o.Permissions.Add("op:attempt");
            configure?.Invoke(o);
        },
        services: services => build(services.AddJsRun().AddOp("attempt", attempt)));

    private static RetryStrategyOptions Retry<T>()
        where T : Exception => new() { ShouldHandle = new PredicateBuilder().Handle<T>(), MaxRetryAttempts = 2, Delay = TimeSpan.Zero };

    private sealed class Step(List<string> steps, string name) : ResilienceStrategy
    {
        protected override ValueTask<Outcome<TResult>> ExecuteCore<TResult, TState>(Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback, ResilienceContext context, TState state)
        {
            steps.Add(name);
            return callback(context, state);
        }

        public sealed class Options : ResilienceStrategyOptions;
    }
}
