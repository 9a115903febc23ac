using System.Net;

namespace JsRun.WebApi.Fetch;

/// <summary>
/// Sends a script's requests through the named client <c>JsRun</c>: one hop each, redirects are the web layer's part and come back here to be checked anew.
/// Thread-safe.
/// </summary>
internal sealed class FetchService(IHttpClientFactory clients) : IFetchService
{
    public const string ClientName = "JsRun";

    /// <inheritdoc/>
    public async Task<FetchResult> SendAsync(FetchRequest request, FetchCaller caller, CancellationToken cancellationToken)
    {
        HttpRequestMessage? message = null;
        try
        {
            message = Message(request, caller);
            var response = await clients.CreateClient(ClientName).SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            try
            {
                var body = HasBody(request.Method, response.StatusCode) ? FetchCodings.Undo(response.Content.Headers, await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false)) : null;
                return new FetchResult((int)response.StatusCode, response.ReasonPhrase ?? "", FetchHeaders.Write(response), body, response);
            }
            catch
            {
                response.Dispose();
                throw;
            }
        }
        catch (Exception e)
        {
            request.Body.Abandon();
            message?.Dispose();
            if (e is OperationCanceledException && cancellationToken.IsCancellationRequested)
            {
                throw;
            }

            throw FetchFailure.Explain(e, Uri.TryCreate(request.Url, UriKind.Absolute, out var url) ? url.Authority : request.Url);
        }
    }

    private static HttpRequestMessage Message(FetchRequest request, FetchCaller caller)
    {
        if (!FetchUrl.TryParse(request.Url, out var url))
        {
            throw new FetchException($"'{request.Url}' is not a URL.");
        }

        if (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
        {
            throw new FetchException($"fetch cannot use the scheme '{url.Scheme}': http and https only.");
        }

        if (request.Method is "CONNECT" or "TRACE" or "TRACK")
        {
            throw new FetchException($"fetch cannot use the method '{request.Method}'.");
        }

        FetchPermission.Demand(caller.Permissions, url);
        var message = new HttpRequestMessage(new HttpMethod(request.Method), url) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        message.Options.Set(FetchPermission.Key, caller);
        FetchHeaders.Apply(request.Headers, message, request.Body);
        message.Headers.TryAddWithoutValidation(FetchLoop.Header, FetchLoop.Add(request.Loop));
        return message;
    }

    private static bool HasBody(string method, HttpStatusCode status) => method != "HEAD" && (int)status is not (101 or 103 or 204 or 205 or 304);
}
