using JsRun.Limits;
using JsRun.WebApi.Fetch;
using Microsoft.Extensions.Logging;

namespace JsRun.Engine;

/// <summary>What every isolate of the process uses.</summary>
internal sealed record IsolateServices(TimeProvider Time, Watchdog Watchdog, FetchService Fetch, ILogger<V8Isolate> Logger);
