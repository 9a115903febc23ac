using JsRun.Diagnostics;
using JsRun.Engine.Native;
using JsRun.Groups;
using JsRun.Scheduling;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JsRun.Functions.Inspection;

/// <summary>Attaches debuggers to functions. Thread-safe.</summary>
internal sealed class FunctionInspector(PoolGroups groups, NativeCapabilities native, GuardedLoggerFactory loggers, IHostApplicationLifetime host) : IDisposable
{
    private readonly SemaphoreSlim _attaching = new(1, 1);
    private readonly ILogger _logger = loggers.CreateLogger<FunctionInspector>();

    /// <summary>The reason for which no debugger can attach in this process, or <see langword="null"/> if one can.</summary>
    public string? Unavailable => native is { LightContexts: true, ContextQueues: true, Inspection: true } ? null : $"The inspector needs V8's native layer. {native.Reason}";

    /// <summary>The reason for which no debugger can attach to that function, or <see langword="null"/> if one can.</summary>
    public string? UnavailableFor(EdgeFunction function) => function is DeployedFunction
        ? Unavailable
        : "The function runs in a worker process, where no debugger can attach: set JsRun:Placement to InProcess to debug it.";

    /// <summary>Attaches a debugger: from now on, until the last one is detached, an isolate of its own serves the function.</summary>
    public async Task<InspectorConnection> AttachAsync(DeployedFunction function, CancellationToken cancellationToken)
    {
        host.ApplicationStopping.ThrowIfCancellationRequested();
        await _attaching.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (function.Inspected is not { } inspected)
            {
                var group = groups.CreateInspected(function.Group);
                inspected = new InspectedFunction(function.CreateInspected(group), group);
                try
                {
                    await inspected.Function.ReloadAsync(cancellationToken).ConfigureAwait(false);
                    await FindAsync(group, cancellationToken).ConfigureAwait(false);
                }
                catch
                {
                    inspected.EndAsync().Forget(_logger);
                    throw;
                }

                function.Inspected = inspected;
            }

            return await ConnectAsync(function, inspected, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _attaching.Release();
        }
    }

    public void Dispose() => _attaching.Dispose();

    private async Task<InspectorConnection> ConnectAsync(DeployedFunction function, InspectedFunction inspected, CancellationToken cancellationToken)
    {
        var isolate = await FindAsync(inspected.Group, cancellationToken).ConfigureAwait(false);
        inspected.Debuggers++;
        CancellationTokenRegistration stopping = default;
        var connection = new InspectorConnection(async () =>
        {
            await stopping.DisposeAsync().ConfigureAwait(false);
            await DetachAsync(function, inspected).ConfigureAwait(false);
        });
        connection.Connect(isolate.Isolate.Inspector!);
        // What is paused goes on, so that the host need not wait for it.
        stopping = host.ApplicationStopping.UnsafeRegister(static state => ((InspectorConnection)state!).End(), connection);
        return connection;
    }

    private async ValueTask DetachAsync(DeployedFunction function, InspectedFunction inspected)
    {
        await _attaching.WaitAsync().ConfigureAwait(false);
        try
        {
            if (--inspected.Debuggers == 0)
            {
                function.Inspected = null;
                inspected.EndAsync().Forget(_logger);
            }
        }
        finally
        {
            _attaching.Release();
        }
    }

    // One that is paused takes no lease.
    private static async Task<PooledIsolate> FindAsync(PoolGroup group, CancellationToken cancellationToken)
    {
        if (group.Pool.Isolates.FirstOrDefault(static i => !i.Isolate.IsLost) is { } isolate)
        {
            return isolate;
        }

        var lease = await group.Pool.AcquireAsync(cancellationToken, countsUse: false).ConfigureAwait(false);
        isolate = lease.Isolate;
        lease.Release();
        return isolate;
    }
}
