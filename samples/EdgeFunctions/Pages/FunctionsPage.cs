using System.Text;
using System.Text.Encodings.Web;
using JsRun;

namespace EdgeFunctions.Pages;

/// <summary>The page at <c>/</c>: every function with a link to try it.</summary>
internal static class FunctionsPage
{
    public static void MapFunctionsPage(this IEndpointRouteBuilder endpoints, string pattern)
        // A function that takes the route comes first: of two endpoints the one with the lower order does.
        => endpoints.MapGet(pattern, ShowAsync)
            .WithOrder(int.MaxValue);

    // With the context alone there are no parameters to bind, for which code would be generated at every start.
    private static Task ShowAsync(HttpContext context)
    {
        var endpoints = context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints;
        var functions = endpoints.Select(e => e.Metadata.GetMetadata<EdgeFunctionMetadata>()).OfType<EdgeFunctionMetadata>().DistinctBy(f => f.Name);
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(Render(functions, $"{context.Request.Scheme}://{context.Request.Host}"));
    }

    private static string Render(IEnumerable<EdgeFunctionMetadata> functions, string origin)
    {
        var rows = new StringBuilder();
        foreach (var function in functions.OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            rows.Append(Row(function, origin));
        }

        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>Edge functions</title>
            <style>{Style}</style>
            </head>
            <body>
            <h1>Edge functions</h1>
            <p>Change a file in the folder of functions: the next request gets the new version.</p>
            <table>
            <thead><tr><th>Route</th><th>File</th><th>Try</th><th>State</th></tr></thead>
            <tbody>
            {rows}</tbody>
            </table>
            <p><a href="/_jsrun">Status</a> · <a href="/health">Health</a></p>
            </body>
            </html>

            """;
    }

    private static string Row(EdgeFunctionMetadata function, string origin)
    {
        var route = function.Name;
        var example = Example.Of(route, origin);
        var state = function.State == EdgeFunctionState.Ready ? $"generation {function.Generation}" : function.State.ToString();
        var command = example.Command is { } text ? $"<br><code>{Encode(text)}</code>" : "";
        var error = function.Error is { } message ? $"<pre>{Encode(message)}</pre>" : "";
        return $"""
            <tr><td>{Encode(route)}</td><td>{Encode(function.File)}</td><td><a href="{Encode(example.Path)}">{Encode(example.Path)}</a>{command}</td><td>{state}{error}</td></tr>

            """;
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    private const string Style = """
        body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark}
        table{border-collapse:collapse;width:100%}
        th,td{text-align:left;vertical-align:top;padding:.5rem .75rem;border-bottom:1px solid #8884}
        code,pre{font:13px/1.4 ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere;margin:0}
        pre{color:#c33}
        """;
}
