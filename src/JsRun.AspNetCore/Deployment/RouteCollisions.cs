using JsRun.AspNetCore.Endpoints;
using JsRun.AspNetCore.Routing;

namespace JsRun.AspNetCore.Deployment;

/// <summary>Two files cannot serve one path with equal right: the first by name does, the others say why they do not.</summary>
internal static class RouteCollisions
{
    public static List<MappedFunction> Resolve(IEnumerable<DeployedFile> files)
    {
        var mapped = new List<MappedFunction>();
        var served = new Dictionary<string, List<EdgeRoute>>(StringComparer.Ordinal);
        // A library claims no route: users.ts may be one beside users/index.ts. So those that only look as if they were to serve come last.
        foreach (var file in files.OrderBy(f => f.Function.State == EdgeFunctionState.Library).ThenBy(f => f.Route.File, StringComparer.Ordinal))
        {
            var route = file.Route;
            var isLibrary = file.Function.State == EdgeFunctionState.Library;
            var mistake = isLibrary ? file.Function.Error : null;
            var winner = isLibrary && mistake is null ? null : Claim(served, route);
            mapped.Add(new MappedFunction(route.Template, route.File, file.Function, winner is null || isLibrary ? null : Problem(route, winner))
            {
                Explains = mistake is not null && winner is null,
            });
        }

        return mapped;
    }

    /// <returns>Who has the route already, or <see langword="null"/>.</returns>
    private static EdgeRoute? Claim(Dictionary<string, List<EdgeRoute>> served, EdgeRoute route)
    {
        var rank = RouteOverlap.Rank(route.Key);
        if (!served.TryGetValue(rank, out var others))
        {
            served[rank] = others = [];
        }

        var winner = others.Find(other => RouteOverlap.Exists(other.Key, route.Key));
        if (winner is null)
        {
            others.Add(route);
        }

        return winner;
    }

    private static string Problem(EdgeRoute route, EdgeRoute winner) => route.Key == winner.Key
        ? $"'{route.File}' is not served: '{winner.File}' has the same route {winner.Template}. Rename or remove one of them."
        : $"'{route.File}' is not served: some paths would fit its route {route.Template} as well as {winner.Template} of '{winner.File}', and neither comes first. Rename one of them so that no path fits both.";
}
