using System.Collections.Immutable;

namespace JsRun.Snapshots;

/// <summary>What a snapshot is made from.</summary>
internal sealed record SnapshotRecipe(JsSurface Surface, ImmutableArray<SnapshotScript> Scripts);
