using Microsoft.AspNetCore.Builder;

namespace JsRun;

/// <summary>What mapping functions returns: conventions such as <c>RequireAuthorization</c> apply to each of their endpoints, those of functions that are added later too.</summary>
public sealed class JsEndpointConventionBuilder : IEndpointConventionBuilder
{
    private readonly Lock _lock = new();
    private Action<EndpointBuilder>[] _conventions = [];
    private Action<EndpointBuilder>[] _finally = [];

    internal JsEndpointConventionBuilder()
    {
    }

    /// <inheritdoc/>
    public void Add(Action<EndpointBuilder> convention)
    {
        ArgumentNullException.ThrowIfNull(convention);
        lock (_lock)
        {
            _conventions = [.. _conventions, convention];
        }
    }

    /// <inheritdoc/>
    public void Finally(Action<EndpointBuilder> finallyConvention)
    {
        ArgumentNullException.ThrowIfNull(finallyConvention);
        lock (_lock)
        {
            _finally = [.. _finally, finallyConvention];
        }
    }

    internal void Apply(EndpointBuilder endpoint)
    {
        foreach (var convention in _conventions)
        {
            convention(endpoint);
        }
    }

    internal void ApplyFinally(EndpointBuilder endpoint)
    {
        foreach (var convention in _finally)
        {
            convention(endpoint);
        }
    }
}
