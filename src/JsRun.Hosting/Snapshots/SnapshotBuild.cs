namespace JsRun.Snapshots;

/// <summary>What a tier made of a snapshot's scripts.</summary>
/// <param name="Payload">Its own bytes, which may be none; <see langword="null"/> where it cannot keep the scripts' state.</param>
/// <param name="Reason">Then, why not.</param>
internal sealed record SnapshotBuild(byte[]? Payload, string? Reason = null);
