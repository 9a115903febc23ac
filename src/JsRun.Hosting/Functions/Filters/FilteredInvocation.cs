namespace JsRun.Functions.Filters;

/// <summary>One invocation with filters around it.</summary>
/// <param name="filters">The filters, the outermost first.</param>
/// <param name="context">What filters see.</param>
/// <param name="invoke">Invokes the function.</param>
internal sealed class FilteredInvocation(IEdgeFunctionFilter[] filters, EdgeFunctionFilterContext context, Func<ValueTask<EdgeFunctionResponse>> invoke)
{
    private readonly Lock _lock = new();
    private readonly List<EdgeFunctionResponse> _responses = [];
    private readonly HashSet<Exception> _failures = new(ReferenceEqualityComparer.Instance);
    private bool _ended;

    /// <exception cref="JsHostException">A filter has thrown.</exception>
    public async ValueTask<EdgeFunctionResponse> RunAsync()
    {
        EdgeFunctionResponse? returned = null;
        try
        {
            returned = (await NextAsync(0).ConfigureAwait(false)).Response;
            return returned;
        }
        catch (Exception e) when (!PassesThrough(e))
        {
            throw new JsHostException($"A filter of the function '{context.FunctionName}' threw {e.GetType()}.", e);
        }
        finally
        {
            await EndAsync(returned).ConfigureAwait(false);
        }
    }

    private async ValueTask<EdgeFunctionResult> NextAsync(int index) => index == filters.Length
        ? await InvokeAsync().ConfigureAwait(false)
        : await filters[index].InvokeAsync(context, _ => NextAsync(index + 1)).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"The filter {filters[index].GetType()} returned null.");

    private async ValueTask<EdgeFunctionResult> InvokeAsync()
    {
        lock (_lock)
        {
            ThrowIfEnded();
        }

        EdgeFunctionResponse response;
        try
        {
            response = await invoke().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            lock (_lock)
            {
                _failures.Add(e);
            }

            throw;
        }

        bool isLate;
        lock (_lock)
        {
            isLate = _ended;
            _responses.Add(response);
        }

        if (isLate)
        {
            await response.DisposeAsync().ConfigureAwait(false);
            ThrowIfEnded();
        }

        return new EdgeFunctionResult(response);
    }

    // A filter that did not wait for the function: nobody sends that response, which holds a lease.
    private void ThrowIfEnded()
    {
        if (_ended)
        {
            throw new InvalidOperationException($"The request to '{context.FunctionName}' has ended: a filter must await what it calls.");
        }
    }

    // What the function failed with keeps its meaning, and so do the errors that JsRun itself defines and the disconnection of the client.
    private bool PassesThrough(Exception exception)
    {
        lock (_lock)
        {
            return exception is JsRunException || _failures.Contains(exception) || (exception is OperationCanceledException && context.CancellationToken.IsCancellationRequested);
        }
    }

    private async ValueTask EndAsync(EdgeFunctionResponse? returned)
    {
        EdgeFunctionResponse[] responses;
        lock (_lock)
        {
            _ended = true;
            responses = [.. _responses.Where(response => !ReferenceEquals(response, returned))];
        }

        foreach (var response in responses)
        {
            await response.DisposeAsync().ConfigureAwait(false);
        }
    }
}
