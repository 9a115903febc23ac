using JsRun.Engine.Contexts;
using JsRun.Images;
using JsRun.Pooling;

namespace JsRun.Groups;

/// <summary>A pool group at run time: its settings, what its contexts have in common, and its pool.</summary>
internal sealed class PoolGroup(string name, JsRunGroupOptions options, ContextOptions context, HardenedGroup? hardened, IGroupImages images, IsolatePool<PooledIsolate> pool)
{
    public string Name { get; } = name;

    public JsRunGroupOptions Options { get; } = options;

    /// <summary>Gets whether its isolates live in this process.</summary>
    public bool IsHosted => Options.Placement == JsPlacement.InProcess;

    /// <summary>Gets whether debuggers may attach to its isolates.</summary>
    public bool IsInspected { get; init; }

    /// <summary>For contexts that belong to no function.</summary>
    public ContextOptions Context { get; } = context;

    /// <summary>For hardened contexts, if its functions may be served from them.</summary>
    public HardenedGroup? Hardened { get; } = hardened;

    /// <summary>What its isolates start from.</summary>
    public IGroupImages Images { get; } = images;

    public IsolatePool<PooledIsolate> Pool { get; } = pool;

    /// <summary>The number of its functions that are deployed at the same time.</summary>
    public SemaphoreSlim Deployments { get; } = new(Math.Max(2, Environment.ProcessorCount));

    /// <summary>Finds how long its isolates take to restore a context from a heap image, at least; <see langword="null"/> if none has done so yet.</summary>
    public TimeSpan? FindRestorePrice() => Pool.Isolates.Select(static i => i.RestorePrice).Where(static p => p is not null).Min();
}
