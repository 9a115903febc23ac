using JsRun.Diagnostics;
using JsRun.Engine.Contexts;
using JsRun.Engine.Isolates;
using JsRun.Groups;
using JsRun.Images;
using JsRun.Modules;
using JsRun.Modules.Compilation;
using JsRun.Modules.Graphs;
using JsRun.Permissions;
using JsRun.Pooling;
using JsRun.Snapshots;
using JsRun.Values;
using JsRun.Values.Json;
using JsRun.WebApi;
using Microsoft.Extensions.Options;

namespace JsRun.Runtimes;

/// <inheritdoc cref="IJsRuntimeFactory"/>
internal sealed class JsRuntimeFactory(PoolGroups groups, IsolateServices services, ModuleGraphBuilder modules, IModuleCompiler compiler, IScriptRewriter rewriter, SnapshotTiers snapshots, ImageTiers images, RuntimeMetrics metrics, IOptions<JsRunOptions> defaults, ModuleLoaders loaders, GroupServices applications, GuardedLoggerFactory loggers) : IJsRuntimeFactory
{
    private int _count;

    public async ValueTask<IJsRuntime> RentAsync(JsRentOptions? options = null, CancellationToken cancellationToken = default)
    {
        var settings = options ?? new JsRentOptions();
        RuntimeOptionsCheck.Check(settings);
        var group = groups.GetHosted(settings.Group);
        var permissions = settings.Permissions is { } own ? PermissionSet.Parse(own, $"{nameof(JsRentOptions)}.{nameof(settings.Permissions)}") : group.Context.Permissions;
        return await IsolateRetry.RunAsync(async () =>
        {
            var lease = await group.Pool.AcquireAsync(cancellationToken).ConfigureAwait(false);
            return await StartAsync(Lease(group, lease, settings, permissions)).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    /// <summary>Leases a pristine runtime of the default group if there is one at once, and waits for nothing but its context.</summary>
    /// <returns>The runtime, or <see langword="null"/>.</returns>
    public IJsRuntime? TryRent()
    {
        var group = groups.GetHosted(JsRunOptions.DefaultGroupName);
        if (group.Pool.TryAcquire() is not { } lease)
        {
            return null;
        }

        if (lease.Isolate.Isolate.IsOwnThread)
        {
            // A host function on that very thread, which would wait for itself.
            lease.Release();
            return null;
        }

        try
        {
            return StartAsync(Lease(group, lease, new JsRentOptions(), group.Context.Permissions)).AsTask().GetAwaiter().GetResult();
        }
        catch (JsIsolateLostException)
        {
            return null;
        }
    }

    public async ValueTask<IJsRuntime> CreateAsync(JsRuntimeOptions? options = null, CancellationToken cancellationToken = default)
    {
        var settings = options ?? new JsRuntimeOptions();
        RuntimeOptionsCheck.Check(settings);
        var limits = defaults.Value.Limits;
        var name = $"jsrun-own-{Interlocked.Increment(ref _count)}";
        var imports = Modules(settings, JsRunOptions.DefaultGroupName);
        var snapshot = settings.Snapshot is null ? null : CheckSnapshot(settings);
        var isolateSettings = IsolateSettings.For(name, limits) with
        {
            MaxHeapBytes = settings.MaxHeapBytes ?? limits.MaxHeapBytes,
            MaxArrayBufferBytes = settings.MaxArrayBufferBytes ?? limits.MaxArrayBufferBytes,
            SurvivesInterrupts = true,
            HeapKey = settings.MaxHeapBytes is null ? "JsRun:Limits:MaxHeapBytes" : "JsRuntimeOptions.MaxHeapBytes",
            BuffersKey = settings.MaxArrayBufferBytes is null ? "JsRun:Limits:MaxArrayBufferBytes" : "JsRuntimeOptions.MaxArrayBufferBytes",
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

        var context = Describe(settings, limits, PermissionSet.Parse(settings.Permissions, $"{nameof(JsRuntimeOptions)}.{nameof(settings.Permissions)}"), new Dictionary<string, string>(), imports, applications.NewState(JsRunOptions.DefaultGroupName, limits));
        var fate = new RuntimeFate();
        isolate.OutOfMemory = ending => fate.TryEnd(JsRuntimeState.Terminated, () => new JsMemoryLimitException(ending.Message, ending));
        var executor = new RuntimeExecutor(isolate, fate, Counters(), settings.Timeout, Timeout.InfiniteTimeSpan);
        isolate.Lost = (_, _) => fate.TryEnd(JsRuntimeState.Terminated, () => RuntimeExecutor.Gone(isolate));
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
            foreach (var script in scripts)
            {
                // Whatever the script's value is, nobody wants it.
                await runtime.EvaluateAsync($"{script.Code}\n;void 0", new JsEvaluateOptions { FileName = script.Name, Timeout = limit }, cancellationToken).ConfigureAwait(false);
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

    private EngineRuntime Lease(PoolGroup group, PoolLease<PooledIsolate> lease, JsRentOptions options, PermissionSet permissions)
    {
        var limits = group.Options.Limits;
        var imports = Modules(options, group.Name);
        var context = Describe(options, limits, permissions, group.Options.Env, imports, group.Context.Shared) with { Group = group.Name };
        var isolate = lease.Isolate.Isolate;
        var executor = new RuntimeExecutor(isolate, new RuntimeFate(), Counters(), options.Timeout ?? limits.Timeout, options.CpuTime ?? limits.CpuTime, lease);
        // Nobody waits at the host's end for a runtime that does nothing.
        lease.Rest();
        return new EngineRuntime(isolate, context, imports, executor, ownsIsolate: false, () =>
        {
            lease.Release();
            return Task.CompletedTask;
        });
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

    private RuntimeModules Modules(JsContextOptions settings, string group)
    {
        var registry = ModuleRegistry.From(settings.Modules);
        registry.Loader ??= loaders.For(group) is { } loader ? new RegisteredLoader(loader.LoadAsync) : null;
        return new RuntimeModules(registry, modules, compiler, rewriter);
    }

    private RuntimeCounters Counters() => new(services.Time, metrics);

    private ContextOptions Describe(JsContextOptions settings, JsRunLimitsOptions limits, PermissionSet permissions, IDictionary<string, string> env, IModuleSource imports, GroupState shared) => new()
    {
        Settings = PoolGroups.Describe(
            settings.Surface,
            limits,
            env,
            settings.Console.IsEnabled ? settings.Console.MaxBytes ?? int.MaxValue : -1,
            new ValueLimits(settings.MaxConversionDepth, settings.MaxConversionBytes),
            maxBufferBytes: (settings as JsRuntimeOptions)?.MaxArrayBufferBytes),
        MaxConsoleBytes = settings.Console.MaxBytes ?? int.MaxValue,
        ValueLimits = new ValueLimits(settings.MaxConversionDepth, settings.MaxConversionBytes),
        Json = settings.JsonOptions ?? JsonSettings.Default,
        Permissions = permissions,
        Limits = limits,
        Shared = shared,
        ConsoleLogger = settings.Console.Logger is { } logger ? new GuardedLogger(logger) : loggers.CreateLogger("JsRun.Console"),
        Console = settings.Console.OnMessage,
        UncaughtError = settings.OnUncaughtError,
        ExposeHostErrors = settings.ExposeHostErrors,
        PermissionDenied = settings.OnPermissionDenied,
        Modules = imports,
    };
}
