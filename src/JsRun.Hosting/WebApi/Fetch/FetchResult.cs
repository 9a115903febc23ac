namespace JsRun.WebApi.Fetch;

/// <summary>The answer: its head, and a body that is read from the network as it is asked for. Disposing ends the connection where the body was not read to its end.</summary>
internal sealed class FetchResult(int status, string reasonPhrase, string headers, Stream? body, IDisposable? owner = null) : IAsyncDisposable
{
    public int Status { get; } = status;

    public string ReasonPhrase { get; } = reasonPhrase;

    /// <summary>Flat, names in lower case, one pair for each <c>set-cookie</c>. Encodings of the connection have been taken off, and their headers with them.</summary>
    public string Headers { get; } = headers;

    /// <summary><see langword="null"/> where the answer cannot have a body.</summary>
    public Stream? Body { get; } = body;

    public async ValueTask DisposeAsync()
    {
        if (Body is not null)
        {
            await Body.DisposeAsync().ConfigureAwait(false);
        }

        owner?.Dispose();
    }
}
