using Microsoft.Extensions.Options;

namespace JsRun.Snapshots;

/// <summary>The tiers there are, best first. The scripts always run by replay first, under the options' limits: what is wrong with them is found here, and not by a worker.</summary>
internal sealed class SnapshotTiers(IEnumerable<ISnapshotTier> tiers, IOptions<JsRunOptions> options)
{
    // Heap comes before Replay, as in the enumeration.
    private readonly ISnapshotTier[] _tiers = [.. tiers.OrderBy(static tier => tier.Tier)];

    public async ValueTask<SnapshotFile> BuildAsync(SnapshotRecipe recipe, JsSnapshotOptions settings, CancellationToken cancellationToken)
    {
        var replay = _tiers.First(static tier => tier.Tier == JsImageTier.Replay);
        var replayed = await replay.BuildAsync(recipe, settings, cancellationToken).ConfigureAwait(false);
        var wanted = options.Value.Images.Tier;
        var reason = "JsRun:Images:Tier is Replay.";
        foreach (var tier in _tiers.Where(tier => tier != replay && wanted != JsImageMode.Replay))
        {
            var build = await tier.BuildAsync(recipe, settings, cancellationToken).ConfigureAwait(false);
            if (build.Payload is { } payload)
            {
                return new SnapshotFile(tier.Tier, null, recipe, payload);
            }

            reason = build.Reason ?? reason;
        }

        return wanted != JsImageMode.Heap
            ? new SnapshotFile(replay.Tier, reason, recipe, replayed.Payload)
            : throw new JsSnapshotException($"The snapshot cannot be built in the tier {wanted}: {reason} Choose JsRun:Images:Tier Auto or Replay.");
    }

    /// <summary>The tier that made it, where it can give it back here, else that of replay.</summary>
    public ISnapshotTier Get(SnapshotFile snapshot) => Array.Find(_tiers, tier => tier.Tier == snapshot.Tier && tier.CanRestore(snapshot))
        ?? _tiers.First(static tier => tier.Tier == JsImageTier.Replay);
}
