using System.Buffers;
using JsRun.Bindings;
using JsRun.Engine.Native;
using JsRun.Limits;
using JsRun.WebApi.Fetch;
using JsRun.WebApi.WebSockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.ObjectPool;

namespace JsRun.Engine;

/// <summary>What every isolate of the process uses.</summary>
internal sealed record IsolateServices(TimeProvider Time, Watchdog Watchdog, FetchService Fetch, WebSocketService WebSockets, ObjectPool<ArrayBufferWriter<byte>> Staging, ILogger<V8Isolate> Logger, NativeCapabilities Native, PermissionAudit Audit);
