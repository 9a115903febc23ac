namespace JsRun.Pooling;

/// <summary>The holder of a lease, as the pool sees it. Thread-safe.</summary>
internal interface ILeaseHolder
{
    /// <summary>For logs: the function.</summary>
    string Name { get; }

    /// <summary>Gets whether it depends on its client: its response is a stream that has not ended, or it waits for the body of its request.</summary>
    bool AwaitsClient { get; }

    /// <summary>Ends it: others need its lease, or its isolate is to go. Called without any lock.</summary>
    /// <param name="reason">What it and its client are told.</param>
    void Displace(string reason);
}
