using System.Collections.Frozen;
using JsRun.Diagnostics;
using JsRun.Engine.Contexts;
using JsRun.Engine.Isolates;
using JsRun.Engine.Scripts;
using JsRun.Functions;
using JsRun.Images;
using JsRun.Options;
using JsRun.Pooling;
using JsRun.Values;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JsRun.Groups;

/// <summary>All pool groups of the application, each with a pool of its own.</summary>
internal sealed class PoolGroups : IAsyncDisposable
{
    private readonly JsRunGroups _settings;
    private readonly Func<PoolGroup, PoolGroup> _inspect;
    private readonly FrozenDictionary<string, PoolGroup> _groups;

    public PoolGroups(JsRunGroups settings, IOptions<JsRunOptions> options, IsolateServices services, ImageTiers tiers, GuardedLoggerFactory loggers, JsRunMetrics metrics, GroupEnvironment environment, GroupServices applications)
    {
        _settings = settings;
        _inspect = group =>
        {
            var inspected = group.Options.ForInspection();
            var context = group.Context with { Limits = inspected.Limits };
            var images = new GroupReplayImages(InspectionReason);
            var factory = new PooledIsolateFactory(group.Name, context, images, services, metrics, isInspected: true);
            var pool = new IsolatePool<PooledIsolate>(group.Name, factory, options.Value.Pool.ForInspection(), services.Time, loggers.CreateLogger<IsolatePool<PooledIsolate>>());
            return new PoolGroup(group.Name, inspected, context, null, images, pool) { IsInspected = true };
        };
        _groups = settings.Names.Select(name =>
        {
            var group = settings.GetGroup(name);
            var permissions = settings.GetPermissions(name);
            var bindings = environment.GetBindings(name, permissions);
            var context = new ContextOptions
            {
                Settings = Describe(group.Surface, group.Limits, environment.GetStrings(group.Env, permissions), group.Limits.MaxConsoleBytes, hasBindings: bindings is not null),
                Group = name,
                Bindings = bindings,
                MaxConsoleBytes = group.Limits.MaxConsoleBytes,
                Permissions = permissions,
                Limits = group.Limits,
                Shared = applications.NewState(name, group.Limits),
                ConsoleLogger = loggers.CreateLogger("JsRun.Console"),
            };
            string Settings(bool isHardened, bool isWatched) => Describe(
                group.Surface, group.Limits, environment.GetStrings(group.Env, permissions), group.Limits.MaxConsoleBytes, hasBindings: bindings is not null, isHardened: isHardened, isWatched: isWatched);
            // Code from strings would run in the real global scope.
            var hardened = tiers.IsHardened && group is { Isolation: JsIsolation.PerRequest, Surface: JsSurface.Contained }
                ? new HardenedGroup(context with { IsHardened = true, Settings = Settings(isHardened: true, isWatched: false) }, Settings(isHardened: false, isWatched: true), tiers.IsHardenedAskedFor, new HardenedPlaces(group.Limits.MaxHeapBytes))
                : null;
            // An image holds nothing of env: a context gets it when it has been restored.
            var images = tiers.For(name, Describe(group.Surface, group.Limits, new Dictionary<string, string>(), group.Limits.MaxConsoleBytes));
            var factory = new PooledIsolateFactory(name, context, images, services, metrics);
            var pool = new IsolatePool<PooledIsolate>(name, factory, options.Value.Pool, services.Time, loggers.CreateLogger<IsolatePool<PooledIsolate>>());
            metrics.AddPool(name, () => pool.Status);
            images.Changed = pool.Renew;
            return new PoolGroup(name, group, context, hardened, images, pool);
        }).ToFrozenDictionary(g => g.Name, StringComparer.Ordinal);
    }

    /// <summary>The reason for the tier of a function that a debugger is attached to.</summary>
    public const string InspectionReason = "A debugger is attached, and V8 has no breakpoints in what comes out of an image.";

    public IEnumerable<PoolGroup> All => _groups.Values;

    /// <exception cref="ArgumentException">There is no such group.</exception>
    public PoolGroup Get(string name) => _groups.TryGetValue(name, out var group)
        ? group
        : throw _settings.Missing(name);

    /// <summary>A group whose isolates live in this process.</summary>
    /// <exception cref="ArgumentException">There is no such group.</exception>
    /// <exception cref="NotSupportedException">They live in worker processes.</exception>
    public PoolGroup GetHosted(string name) => Get(name) is { IsHosted: true } group
        ? group
        : throw new NotSupportedException($"The isolates of {(name.Length == 0 ? "the default group" : $"the group '{name}'")} live in worker processes ({JsRunOptions.SectionName}{(name.Length == 0 ? "" : $":Groups:{name}")}:Placement is 'OutOfProcess'), where only functions run: rent the runtime from a group with the placement InProcess.");

    /// <summary>Makes a group like that one, with an isolate of its own, for a function that debuggers attach to. The caller disposes of its pool.</summary>
    public PoolGroup CreateInspected(PoolGroup group) => _inspect(group);

    public async ValueTask DisposeAsync()
    {
        foreach (var group in _groups.Values)
        {
            group.Images.Dispose();
            await group.Pool.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>JSON of <see cref="KernelSettings"/>.</summary>
    public static string Describe(JsSurface surface, JsRunLimitsOptions limits, IDictionary<string, string> env, int maxConsoleBytes, ValueLimits? values = null, bool hasBindings = false, long? maxBufferBytes = null, bool isHardened = false, bool isWatched = false) =>
        new KernelSettings(surface, env.AsReadOnly(), limits.MaxTimers, maxConsoleBytes, maxBufferBytes ?? limits.MaxArrayBufferBytes, (values ?? ValueLimits.Default).Depth, (values ?? ValueLimits.Default).Bytes, Bindings: hasBindings) { Hardened = isHardened, Watched = isWatched }.ToJson();
}
