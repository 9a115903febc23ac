using System.Net;

namespace JsRun.Hosting.Tests.Faults;

/// <summary>A handler of the HTTP client behind <c>fetch</c>: throws what the URL names at once, or answers with a body that does.</summary>
internal sealed class FaultyHandler : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath.Split('/');
        Exception Fault() => HostFaults.Create(path[^1]);
        return path[1] == "body"
            ? Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new FaultyStream(Fault)) })
            : throw Fault();
    }
}
