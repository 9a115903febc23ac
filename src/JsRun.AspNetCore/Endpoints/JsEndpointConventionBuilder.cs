using Microsoft.AspNetCore.Builder;

namespace JsRun;

/// <summary>Adds conventions such as <c>RequireAuthorization</c> to the endpoints of mapped functions, including those of functions that are added later. Mapping functions returns it.</summary>
/// <remarks>Not thread-safe: for the time in which the application is configured.</remarks>
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
