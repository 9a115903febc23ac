namespace JsRun.Testing.Fetch;

/// <summary>Takes the place of the network.</summary>
internal sealed class FetchTestHandler(FakeFetch fetch) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = fetch.Answer(await RecordedFetch.OfAsync(request, cancellationToken).ConfigureAwait(false));
        response.RequestMessage = request;
        return response;
    }
}
