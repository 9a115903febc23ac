using JsRun.Endpoints;

namespace JsRun.Deployment;

/// <summary>Two files cannot serve one route: the first by name does, the others say why they do not.</summary>
internal static class RouteCollisions
{
    public static List<MappedFunction> Resolve(IEnumerable<DeployedFile> files)
    {
        var mapped = new List<MappedFunction>();
        var first = new Dictionary<string, DeployedFile>(StringComparer.Ordinal);
        foreach (var file in files.OrderBy(f => f.Route.File, StringComparer.Ordinal))
        {
            var route = file.Route;
            // A library claims no route: users.ts may be one beside users/index.ts.
            string? problem = null;
            if (file.Function.State != EdgeFunctionState.Library && !first.TryAdd(route.Key, file))
            {
                var winner = first[route.Key].Route;
                problem = $"'{route.File}' is not served: '{winner.File}' has the same route {winner.Template}. Rename or remove one of them.";
            }

            mapped.Add(new MappedFunction(route.Template, route.File, file.Function, problem));
        }

        return mapped;
    }
}
