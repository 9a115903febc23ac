namespace JsRun.Snapshots;

/// <summary>A classic script of a snapshot.</summary>
internal sealed record SnapshotScript(string Name, string Source);
