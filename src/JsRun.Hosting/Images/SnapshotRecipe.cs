using System.Collections.Immutable;

namespace JsRun.Images;

/// <summary>What a snapshot is made from.</summary>
internal sealed record SnapshotRecipe(JsSurface Surface, ImmutableArray<SnapshotScript> Scripts);
