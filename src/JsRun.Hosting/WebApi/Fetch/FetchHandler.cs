using System.Collections.Concurrent;
using System.Text;

namespace JsRun.WebApi.Fetch;

/// <summary>
/// The named client's primary handler. Connections are pooled for each group and set of permissions on its own: a connection that one group may make
/// must not serve another that may not.
/// </summary>
internal sealed class FetchHandler(HostResolver resolver) : HttpMessageHandler
{
    private readonly ConcurrentDictionary<string, HttpMessageInvoker> _invokers = new(StringComparer.Ordinal);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Checked here too: a handler that the application adds to the client's chain can change the URL.
        var caller = FetchPermission.Find(request) ?? FetchCaller.Nobody;
        FetchPermission.Demand(caller.Permissions, request.RequestUri!);
        return _invokers.GetOrAdd(caller.ConnectionKey, Invoker, caller).SendAsync(request, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var invoker in _invokers.Values)
            {
                invoker.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private HttpMessageInvoker Invoker(string key, FetchCaller caller) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectCallback = new FetchConnector(caller, resolver).ConnectAsync,
        EnableMultipleHttp2Connections = true,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
    });
}
