using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace JsRun.AspNetCore.Bridge;

/// <summary>The absolute URL of a request, encoded as the client encoded it.</summary>
internal static class RequestUrl
{
    public static string Create(HttpContext context)
    {
        var request = context.Request;
        // As it was sent: HttpRequest.Host decodes punycode, and throws where that cannot be done.
        var host = request.Headers.Host is [{ Length: > 0 } sent, ..] ? sent : "localhost";
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (!string.IsNullOrEmpty(target) && target[0] == '/' && Describes(target, request))
        {
            return string.Concat(request.Scheme, Uri.SchemeDelimiter, host, target);
        }

        // The proxy form, "OPTIONS *", a path that middleware rewrote, or a server that keeps no raw target.
        var path = (request.PathBase + request.Path).ToUriComponent();
        return string.Concat(request.Scheme, Uri.SchemeDelimiter, host, string.Concat(path.Length == 0 ? "/" : path, request.QueryString.ToUriComponent()));
    }

    /// <summary>Returns whether the raw target still is what the request asks for: middleware may have rewritten path or query.</summary>
    private static bool Describes(string target, HttpRequest request)
    {
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? target : target.AsSpan(0, question);
        var query = question < 0 ? default : target.AsSpan(question);
        // An empty query ("/x?") is none to ASP.NET Core.
        if (!query.SequenceEqual(request.QueryString.Value) && !(query is "?" && !request.QueryString.HasValue))
        {
            return false;
        }

        var pathBase = request.PathBase.Value.AsSpan();
        var rest = request.Path.Value.AsSpan();
        return (path.StartsWith(pathBase, StringComparison.Ordinal) && path[pathBase.Length..].SequenceEqual(rest)) || EncodedPath.Matches(path, pathBase, rest);
    }
}
