namespace JsRun.Workers.Brokering;

/// <summary>A message of a broadcast channel, in UTF-16 because its texts may be ill-formed.</summary>
internal sealed record BroadcastMessage(byte[] Channel, byte[] Message);
