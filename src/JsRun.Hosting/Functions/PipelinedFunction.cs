using System.Runtime.CompilerServices;
using JsRun.Diagnostics;
using JsRun.Functions.Filters;
using JsRun.Options;
using Polly;
using Polly.RateLimiting;
using Polly.Timeout;

namespace JsRun.Functions;

/// <summary>What the functions of all placements have in common: filters, the Polly pipeline, counters, and what the errors of a pipeline mean.</summary>
internal abstract class PipelinedFunction(
    EdgeFunctionDescriptor descriptor,
    string group,
    JsRunLimitsOptions limits,
    ResiliencePipeline pipeline,
    TimeProvider time,
    JsRunMetrics metrics,
    IEdgeFunctionFilter[]? filters) : EdgeFunction
{
    private long _requests;

    /// <summary>What surrounds a request.</summary>
    protected virtual ResiliencePipeline Pipeline => pipeline;

    protected TimeProvider Time { get; } = time;

    protected JsRunMetrics Metrics { get; } = metrics;

    public override EdgeFunctionDescriptor Descriptor { get; } = descriptor;

    public override long Requests => Interlocked.Read(ref _requests);

    public override ValueTask<EdgeFunctionResponse> InvokeAsync(EdgeFunctionRequest request, CancellationToken cancellationToken) => filters is null
        ? ServeAsync(request, cancellationToken)
        : new FilteredInvocation(filters, new EdgeFunctionFilterContext(Descriptor, request, cancellationToken), () => ServeAsync(request, cancellationToken)).RunAsync();

    /// <summary>Runs the request within the pipeline.</summary>
    /// <param name="request">The request.</param>
    /// <param name="began">The timestamp at which the request came.</param>
    /// <param name="caller">The caller's token: the client has gone.</param>
    /// <param name="cancellationToken">The pipeline's token: a time limit has passed, or the client has gone.</param>
    protected abstract ValueTask<Outcome<EdgeFunctionResponse>> RunAsync(EdgeFunctionRequest request, long began, CancellationToken caller, CancellationToken cancellationToken);

    private async ValueTask<EdgeFunctionResponse> ServeAsync(EdgeFunctionRequest request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        var started = Metrics.Start(Time);
        var began = Time.GetTimestamp();
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);
        try
        {
            var outcome = await ExecuteAsync(request, began, context, cancellationToken).ConfigureAwait(false);
            if (outcome.Exception is { } error)
            {
                error = Translate(error, cancellationToken);
                Count(started, error);
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error);
            }

            Count(started, null);
            return outcome.Result!;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    // An application's own pipeline may throw, and after the function has answered: nobody else would end the answer then, which holds a lease.
    private async ValueTask<Outcome<EdgeFunctionResponse>> ExecuteAsync(EdgeFunctionRequest request, long began, ResilienceContext context, CancellationToken caller)
    {
        var answer = new StrongBox<EdgeFunctionResponse?>();
        Outcome<EdgeFunctionResponse> outcome;
        try
        {
            outcome = await Pipeline.ExecuteOutcomeAsync(
                static async (context, state) =>
                {
                    var outcome = await state.Function.RunAsync(state.Request, state.Began, state.Caller, context.CancellationToken).ConfigureAwait(false);
                    state.Answer.Value = outcome.Result ?? state.Answer.Value;
                    return outcome;
                },
                context,
                (Function: this, Request: request, Began: began, Caller: caller, Answer: answer)).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            outcome = Outcome.FromException<EdgeFunctionResponse>(e);
        }

        if (answer.Value is { } last && !ReferenceEquals(last, outcome.Result))
        {
            await last.DisposeAsync().ConfigureAwait(false);
        }

        return outcome;
    }

    private void Count(long started, Exception? error)
    {
        Metrics.Invoked(group, Descriptor.Name, Time, started, error switch
        {
            // It is the client's mistake if its URL is not one.
            null or EdgeFunctionRequestException => InvocationOutcome.Ok,
            JsTimeoutException => InvocationOutcome.Timeout,
            _ => InvocationOutcome.Error,
        });
        if (LimitOf(error) is { } limit)
        {
            Metrics.LimitHit(group, limit);
        }
    }

    private static string? LimitOf(Exception? error) => error switch
    {
        JsTimeoutException timeout => timeout.Limit,
        JsMemoryLimitException memory => memory.Limit,
        JsPoolExhaustedException exhausted => exhausted.Limit,
        _ => null,
    };

    private Exception Translate(Exception error, CancellationToken caller) => error switch
    {
        TimeoutRejectedException => new JsTimeoutException($"'{Descriptor.Name}' took longer than {LimitKey.Of(group, nameof(JsRunLimitsOptions.Timeout))} ({limits.Timeout}).", error) { Limit = nameof(JsRunLimitsOptions.Timeout) },
        RateLimiterRejectedException => new JsPoolExhaustedException($"'{Descriptor.Name}' reached its concurrency limit ({LimitKey.Of(group, nameof(JsRunLimitsOptions.MaxConcurrency))}: {limits.MaxConcurrency}).", error) { Limit = nameof(JsRunLimitsOptions.MaxConcurrency) },
        OperationCanceledException when caller.IsCancellationRequested => new OperationCanceledException("The client has disconnected.", error, caller),
        _ => error,
    };
}
