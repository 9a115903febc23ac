using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using JsRun.Diagnostics;
using JsRun.Engine.Isolates;
using JsRun.Engine.Scripts;
using JsRun.Images;
using JsRun.Images.Building;
using Microsoft.Extensions.Logging;

namespace JsRun.Snapshots;

/// <summary>
/// Snapshots that are restored: V8's heap, built by a worker. The payload is a hash of what the image depends on, and V8's blob. Where it is of another engine or machine, the scripts,
/// which the snapshot has too, are replayed.
/// </summary>
internal sealed class HeapSnapshots(ImageTiers images, GuardedLoggerFactory loggers) : ISnapshotTier
{
    private readonly ILogger _logger = loggers.CreateLogger<HeapSnapshots>();

    // An image lives as long as a snapshot that runtimes may start from.
    private readonly ConditionalWeakTable<SnapshotFile, IsolateImage> _loaded = [];
    private readonly ConditionalWeakTable<SnapshotFile, string> _told = [];
    private readonly byte[]? _identity = images.Identity is { } identity ? SHA256.HashData(Encoding.UTF8.GetBytes(identity.Text)) : null;

    public JsImageTier Tier => JsImageTier.Heap;

    public bool CanRestore(SnapshotFile snapshot)
    {
        var bytes = snapshot.Payload.Span;
        if (_identity is not null && bytes.Length > SHA256.HashSizeInBytes && bytes.StartsWith(_identity))
        {
            return true;
        }

        var reason = _identity is null ? images.Reason : "it was built by another version, with other settings of locale or time zone, or for another processor: build it again.";
        if (_told.TryAdd(snapshot, reason))
        {
            _logger.SnapshotReplayed(string.Join(", ", snapshot.Recipe.Scripts.Select(static s => s.Name)), reason);
        }

        return false;
    }

    public async ValueTask<SnapshotBuild> BuildAsync(SnapshotRecipe recipe, JsSnapshotOptions options, CancellationToken cancellationToken)
    {
        if (images.Worker is not { } worker)
        {
            return new SnapshotBuild(null, images.Reason);
        }

        var settings = new KernelSettings(recipe.Surface, new Dictionary<string, string>(), 1, int.MaxValue, 1, 1, 1).ToJson();
        var job = ImageScripts.Snapshot(recipe.Scripts.Select(s => new WorkerScript(s.Name, s.Source)), settings);
        try
        {
            var (_, blob) = await worker.RunAsync(job, default, cancellationToken).ConfigureAwait(false);
            await worker.RunAsync(job with { Mode = WorkerMode.Verify, Default = job.Default with { Scripts = [], Question = null } }, blob, cancellationToken).ConfigureAwait(false);
            return new SnapshotBuild([.. _identity!, .. blob]);
        }
        catch (WorkerException e)
        {
            return new SnapshotBuild(null, $"It cannot be a heap image: {e.Message}.");
        }
    }

    public IsolateSettings Prepare(SnapshotFile snapshot, IsolateSettings isolate)
    {
        var image = _loaded.GetValue(snapshot, static file => new IsolateImage("snapshot", file.Payload.Span[SHA256.HashSizeInBytes..], []));
        // The table's own reference is never given up: V8's memory goes when nobody can reach the snapshot any more.
        _ = image.TryAcquire();
        return isolate with { Image = image };
    }

    public ValueTask RestoreAsync(SnapshotFile snapshot, IJsRuntime runtime, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
