using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;

namespace JsRun.Cli.Serving;

/// <summary>What <c>jsrun serve</c> writes when it serves: the addresses, the routes and the status page.</summary>
internal static class ServedFunctions
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyList<ServedRoute> Routes(EndpointDataSource endpoints) =>
        [.. endpoints.Endpoints.OfType<RouteEndpoint>()
            .Select(static endpoint => (endpoint.RoutePattern.RawText, Function: endpoint.Metadata.GetMetadata<EdgeFunctionMetadata>()))
            .Where(static endpoint => endpoint.Function is not null)
            .Select(static endpoint => new ServedRoute("/" + endpoint.RawText?.TrimStart('/'), endpoint.Function!.File, endpoint.Function.State.ToString(), endpoint.Function.Error))
            .OrderBy(static route => route.Route, StringComparer.Ordinal)];

    public static string Text(string folder, IEnumerable<string> urls, IReadOnlyList<ServedRoute> routes)
    {
        var width = routes.Count == 0 ? 0 : routes.Max(static route => route.Route.Length);
        var lines = routes.Select(route => $"  {route.Route.PadRight(width)}  {route.File}{(route.Error is null ? "" : $"  ({route.State}: {route.Error.Split('\n')[0]})")}");
        return string.Join('\n', [
            $"Serving {folder} on {string.Join(", ", urls)}",
            .. routes.Count == 0 ? ["  No functions yet: a file such as hello.ts serves /hello."] : lines,
            $"Status: {StatusPage(urls.First())}",
        ]);
    }

    public static string Json(string folder, IReadOnlyCollection<string> urls, IReadOnlyList<ServedRoute> routes) =>
        JsonSerializer.Serialize(new { folder, urls, status = StatusPage(urls.First()), routes }, Options);

    /// <summary>The address for a browser on this machine: that of a listener on all addresses is none.</summary>
    public static string StatusPage(string url)
    {
        var address = new UriBuilder(url) { Path = "/_jsrun" };
        if (address.Host is "[::]" or "0.0.0.0")
        {
            address.Host = "localhost";
        }

        return address.Uri.AbsoluteUri;
    }
}
