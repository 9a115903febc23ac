using System.Net;

namespace JsRun.WebApi.Fetch;

/// <summary>Returns a host's addresses, the preferred first. Blocks; it is called on a thread that may wait.</summary>
internal delegate IPAddress[] HostResolver(string host);
