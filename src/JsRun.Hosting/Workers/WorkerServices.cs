using JsRun.Diagnostics;
using JsRun.Groups;
using JsRun.Permissions;
using JsRun.WebApi.Fetch;
using JsRun.WebApi.WebSockets;
using JsRun.Workers.Brokering;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JsRun.Workers;

/// <summary>What the workers of all groups use.</summary>
internal sealed class WorkerServices(
    IOptions<JsRunOptions> options,
    IHostEnvironment host,
    GroupEnvironment environment,
    IFetchService fetch,
    IWebSocketService sockets,
    TimeProvider time,
    JsRunMetrics metrics,
    PermissionAudit audit,
    BrokeredImages images,
    BrokeredCompiler compiler,
    GuardedLoggerFactory loggers) : IDisposable
{
    public JsRunOptions Options { get; } = options.Value;

    public IHostEnvironment Host { get; } = host;

    public GroupEnvironment Environment { get; } = environment;

    public IFetchService Fetch { get; } = fetch;

    public IWebSocketService Sockets { get; } = sockets;

    public TimeProvider Time { get; } = time;

    public JsRunMetrics Metrics { get; } = metrics;

    public PermissionAudit Audit { get; } = audit;

    public GuardedLoggerFactory Loggers { get; } = loggers;

    public ILogger Logger { get; } = loggers.CreateLogger<WorkerPlacement>();

    public WorkerFiles Files { get; } = new();

    public WorkerLauncher Launcher { get; } = new();

    /// <summary>The process that is ready to take the place of a lost one.</summary>
    public WorkerSpare Spare { get; } = new(time, loggers.CreateLogger<WorkerPlacement>());

    /// <summary>Builds images for workers, which cannot start processes.</summary>
    public BrokeredImages Images { get; } = images;

    /// <summary>Compiles modules for workers.</summary>
    public BrokeredCompiler Compiler { get; } = compiler;

    public void Dispose()
    {
        Launcher.Dispose();
        Files.Dispose();
    }
}
