namespace JsRun.Pooling;

/// <summary>What the pool sees of an isolate. Thread-safe.</summary>
internal interface IPooledIsolate
{
    string Name { get; }

    /// <summary>Messages that wait.</summary>
    int Backlog { get; }

    /// <summary>Gets whether its loop is in one long turn, or has ended: it gets no new lease.</summary>
    bool IsBusy { get; }

    /// <summary>Gets whether it should be replaced, however few leases it has had.</summary>
    bool NeedsReplacement { get; }

    /// <summary>Ends the thread, interrupting what runs where asked to.</summary>
    Task StopAsync(bool interrupt);

    /// <summary>Every lease on it is told that the host is stopping.</summary>
    void AbortAll();
}
