namespace JsRun.WebApi.Broadcast;

/// <summary>Takes the messages of broadcast channels to the other processes of a pool group. Thread-safe.</summary>
internal interface IBroadcastRelay
{
    /// <summary>Sends a message on. Must not block; a message may be dropped if too many wait.</summary>
    void Send(string channel, string message);
}
