using Polly;

namespace JsRun.Hosting.Tests.Faults;

/// <summary>A strategy of an application's own pipeline that throws once, before or after what it runs.</summary>
internal sealed class FaultyStrategy(bool after, Func<Exception> fault) : ResilienceStrategy
{
    private bool _hasThrown;

    protected override async ValueTask<Outcome<TResult>> ExecuteCore<TResult, TState>(Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback, ResilienceContext context, TState state)
    {
        if (after || _hasThrown)
        {
            var outcome = await callback(context, state).ConfigureAwait(false);
            if (_hasThrown)
            {
                return outcome;
            }
        }

        _hasThrown = true;
        throw fault();
    }

    internal sealed class Options : ResilienceStrategyOptions;
}
