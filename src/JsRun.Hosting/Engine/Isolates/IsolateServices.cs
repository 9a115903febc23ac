using System.Buffers;
using JsRun.Diagnostics;
using JsRun.Engine.Crossing;
using JsRun.Engine.Native;
using JsRun.Limits;
using JsRun.Permissions;
using JsRun.WebApi.Fetch;
using JsRun.WebApi.WebSockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.ObjectPool;

namespace JsRun.Engine.Isolates;

/// <summary>What every isolate of the process uses.</summary>
internal sealed record IsolateServices(
    TimeProvider Time,
    Watchdog Watchdog,
    IFetchService Fetch,
    IWebSocketService WebSockets,
    ObjectPool<ArrayBufferWriter<byte>> Staging,
    GuardedLoggerFactory Loggers,
    NativeCapabilities Native,
    PermissionAudit Audit,
    HostPortTable Ports,
    IRunJournal? Journal = null)
{
    private volatile PlatformNotSupportedException? _libraryFailure;

    public ILogger Logger { get; } = Loggers.CreateLogger<V8Isolate>();

    /// <summary>Gets or sets the reason that no isolate can ever be made in this process. The start of the host ends with it.</summary>
    public PlatformNotSupportedException? LibraryFailure
    {
        get => _libraryFailure;
        set => _libraryFailure = value;
    }
}
