using JsRun.Diagnostics;
using JsRun.Engine;
using JsRun.Functions;
using JsRun.Images;
using JsRun.Modules;
using JsRun.Permissions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JsRun.Runtime;

/// <inheritdoc cref="IJsRuntimeFactory"/>
internal sealed class JsRuntimeFactory(FunctionGroups groups, IsolateServices services, ModuleGraphBuilder modules, IModuleCompiler compiler, IScriptRewriter rewriter, SnapshotTiers snapshots, RuntimeMetrics metrics, IOptions<JsRunOptions> defaults, ILoggerFactory loggers) : IJsRuntimeFactory
{
    private const int MostAttempts = 5;

    private int _count;

    public async ValueTask<IJsRuntime> RentAsync(CancellationToken cancellationToken = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await RentOnceAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (JsIsolateLostException) when (attempt < MostAttempts)
            {
                // Somebody else's request took the isolate down with it, and nothing has run here yet.
            }
        }
    }

    private async ValueTask<IJsRuntime> RentOnceAsync(CancellationToken cancellationToken)
    {
        var group = groups.Get("");
        var lease = await group.Pool.AcquireAsync(cancellationToken).ConfigureAwait(false);
        var options = new JsRuntimeOptions();
        var imports = Modules(options);
        var context = Describe(options, group.Options.Limits, group.Context.Permissions, group.Options.Env, imports);
        var runtime = new EngineRuntime(((FunctionIsolate)lease.Isolate).Engine, context, imports, Counters(), group.Options.Limits.Timeout, group.Options.Limits.CpuTime, () =>
        {
            lease.Release();
            return ValueTask.CompletedTask;
        });
        return await StartAsync(runtime).ConfigureAwait(false);
    }

    public async ValueTask<IJsRuntime> CreateAsync(JsRuntimeOptions? options = null, CancellationToken cancellationToken = default)
    {
        var settings = options ?? new JsRuntimeOptions();
        var limits = defaults.Value.Limits;
        var name = $"jsrun-own-{Interlocked.Increment(ref _count)}";
        var imports = Modules(settings);
        var snapshot = settings.Snapshot is null ? null : CheckSnapshot(settings);
        var isolateSettings = IsolateSettings.For(name, limits) with { MaxHeapBytes = settings.MaxHeapBytes ?? limits.MaxHeapBytes, SurvivesInterrupts = true };
        var isolate = new V8Isolate(snapshot is null ? isolateSettings : snapshots.Get(snapshot).Prepare(snapshot, isolateSettings), services);
        await isolate.StartAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var context = Describe(settings, limits, PermissionSet.Parse(settings.Permissions), new Dictionary<string, string>(), imports);
        var runtime = new EngineRuntime(isolate, context, imports, Counters(), settings.Timeout, Timeout.InfiniteTimeSpan, async () => await isolate.StopAsync(interrupt: true).ConfigureAwait(false));
        await StartAsync(runtime).ConfigureAwait(false);
        return snapshot is null ? runtime : await RestoreAsync(snapshot, runtime, cancellationToken).ConfigureAwait(false);
    }

    public JsSnapshotBuilder CreateSnapshotBuilder(JsSnapshotOptions? options = null) => new(options ?? new JsSnapshotOptions(), snapshots);

    private static SnapshotFile CheckSnapshot(JsRuntimeOptions options)
    {
        var snapshot = options.Snapshot!.File;
        return snapshot.Recipe.Surface == options.Surface
            ? snapshot
            : throw new ArgumentException($"The snapshot was built for the surface {snapshot.Recipe.Surface} (JsSnapshotOptions.Surface), and the runtime has {options.Surface}.", nameof(options));
    }

    private async ValueTask<IJsRuntime> RestoreAsync(SnapshotFile snapshot, EngineRuntime runtime, CancellationToken cancellationToken)
    {
        try
        {
            await snapshots.Get(snapshot).RestoreAsync(snapshot, runtime, cancellationToken).ConfigureAwait(false);
            return runtime;
        }
        catch
        {
            await runtime.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async ValueTask<IJsRuntime> StartAsync(EngineRuntime runtime)
    {
        try
        {
            await runtime.StartAsync().ConfigureAwait(false);
            return runtime;
        }
        catch
        {
            await runtime.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private RuntimeModules Modules(JsRuntimeOptions settings) => new(ModuleRegistry.From(settings.Modules), modules, compiler, rewriter);

    private RuntimeCounters Counters() => new(services.Time, metrics);

    private ContextOptions Describe(JsRuntimeOptions settings, JsRunLimitsOptions limits, PermissionSet permissions, IDictionary<string, string> env, IModuleSource imports) => new()
    {
        Settings = FunctionGroups.Describe(settings.Surface, limits, env, settings.EnableConsole ? settings.MaxConsoleBytes ?? int.MaxValue : -1),
        MaxConsoleBytes = settings.MaxConsoleBytes ?? int.MaxValue,
        Permissions = permissions,
        Limits = limits,
        ConsoleLogger = settings.ConsoleLogger ?? loggers.CreateLogger("JsRun.Console"),
        Console = settings.Console,
        UncaughtError = settings.UncaughtError,
        Modules = imports,
    };
}
