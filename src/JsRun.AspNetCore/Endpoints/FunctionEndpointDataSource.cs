using JsRun.AspNetCore.Bridge;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Primitives;

namespace JsRun.AspNetCore.Endpoints;

/// <summary>The endpoints of the functions that serve now. Requests that already have their endpoint keep it.</summary>
internal sealed class FunctionEndpointDataSource(JsEndpointConventionBuilder conventions, FunctionInvoker invoker, IServiceProvider services, bool explains = false) : EndpointDataSource, IDisposable
{
    // Before fallbacks alone, which are the last.
    private const int AfterAllOthers = int.MaxValue - 1;

    private readonly Lock _lock = new();
    private MappedFunction[] _routed = [];
    private List<Endpoint>? _endpoints;
    private CancellationTokenSource _changed = new();

    public override IReadOnlyList<Endpoint> Endpoints
    {
        get
        {
            lock (_lock)
            {
                return _endpoints ??= Build(_routed, null);
            }
        }
    }

    public override IChangeToken GetChangeToken()
    {
        lock (_lock)
        {
            return new CancellationChangeToken(_changed.Token);
        }
    }

    public override IReadOnlyList<Endpoint> GetGroupedEndpoints(RouteGroupContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        MappedFunction[] routed;
        lock (_lock)
        {
            routed = _routed;
        }

        return Build(routed, context);
    }

    /// <summary>Says which functions serve. Routing is told only where the routes or who serves them changed, not for a new generation.</summary>
    public void Update(IEnumerable<MappedFunction> functions)
    {
        CancellationTokenSource changed;
        lock (_lock)
        {
            MappedFunction[] routed = [.. functions.Where(f => f.IsRouted || (explains && f.Explains))];
            if (routed.AsSpan().SequenceEqual(_routed))
            {
                return;
            }

            _routed = routed;
            _endpoints = null;
            changed = _changed;
            _changed = new CancellationTokenSource();
        }

        changed.Cancel();
        changed.Dispose();
    }

    public void Dispose() => _changed.Dispose();

    private List<Endpoint> Build(MappedFunction[] routed, RouteGroupContext? group)
    {
        var endpoints = new List<Endpoint>(routed.Length);
        foreach (var mapped in routed)
        {
            var function = mapped.Function!;
            var pattern = RoutePatternFactory.Parse(mapped.Route);
            pattern = group is null ? pattern : RoutePatternFactory.Combine(group.Prefix, pattern);
            var builder = new RouteEndpointBuilder(invoker.For(function), pattern, mapped.IsRouted ? 0 : AfterAllOthers)
            {
                ApplicationServices = group?.ApplicationServices ?? services,
                DisplayName = $"{pattern.RawText} => {function.Descriptor.File}",
            };
            builder.Metadata.Add(new EdgeFunctionMetadata(function));
            Apply(group?.Conventions, builder);
            conventions.Apply(builder);
            conventions.ApplyFinally(builder);
            Apply(group?.FinallyConventions, builder);
            if (builder.Metadata.OfType<IAntiforgeryMetadata>().LastOrDefault() is { RequiresValidation: true })
            {
                // First, so that what the application itself says of forms wins.
                builder.Metadata.Insert(0, new KeptForm());
            }

            endpoints.Add(builder.Build());
        }

        return endpoints;
    }

    private static void Apply(IReadOnlyList<Action<EndpointBuilder>>? conventions, EndpointBuilder builder)
    {
        for (var i = 0; i < (conventions?.Count ?? 0); i++)
        {
            conventions![i](builder);
        }
    }
}
