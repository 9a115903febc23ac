namespace JsRun.WebApi.Broadcast;

/// <summary>A channel that somebody has opened.</summary>
internal interface IBroadcastListener
{
    /// <summary>A message of another channel's. From any thread; must not block.</summary>
    void Receive(string message);
}
