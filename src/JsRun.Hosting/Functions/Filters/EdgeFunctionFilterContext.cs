using JsRun.Functions;

namespace JsRun;

/// <summary>Describes an invocation of a function to filters (<see cref="IEdgeFunctionFilter"/>). Immutable and thread-safe.</summary>
public sealed class EdgeFunctionFilterContext
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    private readonly EdgeFunctionDescriptor _function;
    private readonly EdgeFunctionRequest _request;

    internal EdgeFunctionFilterContext(EdgeFunctionDescriptor function, EdgeFunctionRequest request, CancellationToken cancellationToken)
    {
        _function = function;
        _request = request;
        CancellationToken = cancellationToken;
    }

    /// <summary>Gets the function's name in logs, metrics and status: by convention its route, such as <c>/users/{id}</c>.</summary>
    public string FunctionName => _function.Name;

    /// <summary>Gets the name of the function's pool group; <see cref="JsRunOptions.DefaultGroupName"/> for the default group.</summary>
    public string Group => _function.Group;

    /// <summary>Gets the function's file, relative to its folder, with forward slashes.</summary>
    public string File => _function.File;

    /// <summary>Gets the pattern of the route that led here, with the prefixes of groups of routes, or <see langword="null"/> if the function was not invoked through a route.</summary>
    public string? Route => _request.Route;

    /// <summary>Gets the request's method, such as <c>GET</c>.</summary>
    public string Method => _request.Method;

    /// <summary>Gets the request's absolute URL.</summary>
    public string Url => _request.Url;

    /// <summary>Gets the values of the route's parameters, which the function sees as <c>ctx.params</c>. Empty if there are none.</summary>
    public IReadOnlyDictionary<string, string> RouteValues => _request.Params ?? None;

    /// <summary>Gets the request's id in logs, which the function sees as <c>ctx.requestId</c>.</summary>
    public string RequestId => _request.RequestId;

    /// <summary>Gets a token that is cancelled when the client disconnects.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>What the request came with: the <c>HttpContext</c>.</summary>
    internal object? Origin => _request.Origin;
}
