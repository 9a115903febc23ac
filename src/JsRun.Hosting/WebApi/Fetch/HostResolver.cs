using System.Net;

namespace JsRun.WebApi.Fetch;

/// <summary>Gives a host's addresses, the preferred first.</summary>
internal delegate Task<IPAddress[]> HostResolver(string host, CancellationToken cancellationToken);
