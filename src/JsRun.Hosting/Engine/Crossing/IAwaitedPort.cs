using JsRun.Engine.Operations;

namespace JsRun.Engine.Crossing;

/// <summary>A port that answers later too: JavaScript may wait for it.</summary>
internal interface IAwaitedPort : IHoldingPort
{
    /// <summary>Whether the event loop has to wait for something of it.</summary>
    bool IsBusy { get; }

    /// <summary>Whether something of it may still set JavaScript going.</summary>
    bool IsAwaited { get; }

    /// <summary>Calls that have not been answered. From any thread, and then a moment old.</summary>
    int Pending { get; }

    /// <summary>Whether JavaScript waits for calls of the operation.</summary>
    bool IsAwaitedFor(Operation operation);

    /// <summary>The operation has ended in a context that lives on: whoever waits for something of it gets an error.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="behalf">On whose behalf that error is handled.</param>
    void Reject(Operation operation, Operation behalf);
}
