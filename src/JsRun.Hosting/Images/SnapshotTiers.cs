using Microsoft.Extensions.Options;

namespace JsRun.Images;

/// <summary>The tiers there are, best first.</summary>
internal sealed class SnapshotTiers(IEnumerable<ISnapshotTier> tiers, IOptions<JsRunOptions> options)
{
    // Heap comes before Replay, as in the enumeration.
    private readonly ISnapshotTier[] _tiers = [.. tiers.OrderBy(static tier => tier.Tier)];

    public async ValueTask<SnapshotFile> BuildAsync(SnapshotRecipe recipe, JsSnapshotOptions settings, CancellationToken cancellationToken)
    {
        var wanted = options.Value.Images.Tier;
        var reason = wanted == JsImageTier.Replay ? "JsRun:Images:Tier is Replay." : "This version has no heap images.";
        foreach (var tier in _tiers.Where(tier => wanted == JsImageTier.Auto || tier.Tier == wanted))
        {
            var build = await tier.BuildAsync(recipe, settings, cancellationToken).ConfigureAwait(false);
            if (build.Payload is { } payload)
            {
                return new SnapshotFile(tier.Tier, tier.Tier == JsImageTier.Heap ? null : reason, recipe, payload);
            }

            reason = build.Reason ?? reason;
        }

        throw new JsSnapshotException($"The snapshot cannot be built in the tier {wanted}: {reason} Choose JsRun:Images:Tier Auto or Replay.");
    }

    /// <exception cref="JsSnapshotException">There is no such tier here.</exception>
    public ISnapshotTier Get(SnapshotFile snapshot) => Array.Find(_tiers, tier => tier.Tier == snapshot.Tier)
        ?? throw new JsSnapshotException($"The snapshot is of the tier {snapshot.Tier}, which is not available here: build it again.");
}
