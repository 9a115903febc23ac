using JsRun.Diagnostics;
using JsRun.Engine;
using JsRun.Functions;
using JsRun.Images;
using JsRun.Modules;
using JsRun.Permissions;
using JsRun.Values;
using JsRun.WebApi;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JsRun.Runtime;

/// <inheritdoc cref="IJsRuntimeFactory"/>
internal sealed class JsRuntimeFactory(FunctionGroups groups, IsolateServices services, ModuleGraphBuilder modules, IModuleCompiler compiler, IScriptRewriter rewriter, SnapshotTiers snapshots, ImageTiers images, RuntimeMetrics metrics, IOptions<JsRunOptions> defaults, ILoggerFactory loggers) : IJsRuntimeFactory
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
        var context = Describe(options, group.Options.Limits, group.Context.Permissions, group.Options.Env, imports, group.Context.Shared);
        var isolate = ((FunctionIsolate)lease.Isolate).Engine;
        var executor = new RuntimeExecutor(isolate, new RuntimeFate(), Counters(), group.Options.Limits.Timeout, group.Options.Limits.CpuTime);
        var runtime = new EngineRuntime(isolate, context, imports, executor, ownsIsolate: false, () =>
        {
            lease.Release();
            return Task.CompletedTask;
        });
        return await StartAsync(runtime).ConfigureAwait(false);
    }

    public async ValueTask<IJsRuntime> CreateAsync(JsRuntimeOptions? options = null, CancellationToken cancellationToken = default)
    {
        var settings = options ?? new JsRuntimeOptions();
        RuntimeOptionsCheck.Check(settings);
        var limits = defaults.Value.Limits;
        var name = $"jsrun-own-{Interlocked.Increment(ref _count)}";
        var imports = Modules(settings);
        var snapshot = settings.Snapshot is null ? null : CheckSnapshot(settings);
        var isolateSettings = IsolateSettings.For(name, limits) with
        {
            MaxHeapBytes = settings.MaxHeapBytes ?? limits.MaxHeapBytes,
            MaxArrayBufferBytes = settings.MaxArrayBufferBytes ?? limits.MaxArrayBufferBytes,
            SurvivesInterrupts = true,
        };
        var isolate = new V8Isolate(snapshot is null ? isolateSettings with { Image = images.WebLayer.Acquire() } : snapshots.Get(snapshot).Prepare(snapshot, isolateSettings), services);
        try
        {
            await isolate.StartAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // Its thread may have begun, and nobody else knows of it.
            isolate.Dispose();
            throw;
        }

        var context = Describe(settings, limits, PermissionSet.Parse(settings.Permissions), new Dictionary<string, string>(), imports, new GroupState(limits));
        var fate = new RuntimeFate();
        isolate.OutOfMemory = ending => fate.TryEnd(JsRuntimeState.Terminated, () => new JsMemoryLimitException(ending.Message, ending));
        isolate.Lost = (_, _) => fate.TryEnd(JsRuntimeState.Terminated, RuntimeExecutor.Gone);
        var executor = new RuntimeExecutor(isolate, fate, Counters(), settings.Timeout, Timeout.InfiniteTimeSpan);
        var runtime = new EngineRuntime(isolate, context, imports, executor, ownsIsolate: true, () => isolate.StopAsync(interrupt: true));
        await StartAsync(runtime).ConfigureAwait(false);
        var startup = settings.Timeout == Timeout.InfiniteTimeSpan ? limits.StartupTimeout : settings.Timeout;
        return snapshot is null ? await BootstrapAsync(runtime, [.. settings.Bootstrap], startup, cancellationToken).ConfigureAwait(false)
            : await RestoreAsync(snapshot, runtime, cancellationToken).ConfigureAwait(false);
    }

    public JsSnapshotBuilder CreateSnapshotBuilder(JsSnapshotOptions? options = null) => new(options ?? new JsSnapshotOptions(), snapshots);

    private static SnapshotFile CheckSnapshot(JsRuntimeOptions options)
    {
        var snapshot = options.Snapshot!.File;
        return snapshot.Recipe.Surface == options.Surface
            ? snapshot
            : throw new ArgumentException($"The snapshot was built for the surface {snapshot.Recipe.Surface} (JsSnapshotOptions.Surface), and the runtime has {options.Surface}.", nameof(options));
    }

    private static async ValueTask<IJsRuntime> BootstrapAsync(EngineRuntime runtime, JsScript[] scripts, TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var (name, code) in scripts)
            {
                // Whatever the script's value is, nobody wants it.
                await runtime.EvaluateAsync($"{code}\n;void 0", new JsEvaluateOptions { FileName = name, Timeout = limit }, cancellationToken).ConfigureAwait(false);
            }

            return runtime;
        }
        catch
        {
            await runtime.DisposeAsync().ConfigureAwait(false);
            throw;
        }
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

    private ContextOptions Describe(JsRuntimeOptions settings, JsRunLimitsOptions limits, PermissionSet permissions, IDictionary<string, string> env, IModuleSource imports, GroupState shared) => new()
    {
        Settings = FunctionGroups.Describe(
            settings.Surface,
            limits,
            env,
            settings.EnableConsole ? settings.MaxConsoleBytes ?? int.MaxValue : -1,
            new ValueLimits(settings.MaxConversionDepth, settings.MaxConversionBytes)),
        MaxConsoleBytes = settings.MaxConsoleBytes ?? int.MaxValue,
        ValueLimits = new ValueLimits(settings.MaxConversionDepth, settings.MaxConversionBytes),
        Json = settings.JsonOptions ?? JsonSettings.Default,
        Permissions = permissions,
        Limits = limits,
        Shared = shared,
        ConsoleLogger = settings.ConsoleLogger ?? loggers.CreateLogger("JsRun.Console"),
        Console = settings.Console,
        UncaughtError = settings.UncaughtError,
        ExposeHostErrors = settings.ExposeHostErrors,
        PermissionDenied = settings.PermissionDenied,
        Modules = imports,
    };
}
