using JsRun.Functions;

namespace JsRun.AspNetCore.Endpoints;

/// <summary>A file that was mapped, whether it serves or not. What <c>/_jsrun</c> lists.</summary>
/// <param name="Route">The route template.</param>
/// <param name="File">The file, relative to its folder.</param>
/// <param name="Function">The function, or <see langword="null"/> if the file's name is not a route.</param>
/// <param name="Problem">Why the file has no route, or <see langword="null"/>.</param>
internal sealed record MappedFunction(string Route, string File, EdgeFunction? Function, string? Problem)
{
    /// <summary>Gets whether it serves nothing although it seems to be meant to serve: in Development its route says so.</summary>
    public bool Explains { get; init; }

    public bool IsRouted => Problem is null && Function is { State: not EdgeFunctionState.Library };

    public EdgeFunctionState State => Problem is not null ? EdgeFunctionState.Failed : Function?.State ?? EdgeFunctionState.Failed;
}
