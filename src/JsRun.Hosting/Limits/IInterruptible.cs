namespace JsRun.Limits;

/// <summary>What the watchdog can do to an isolate. All members are called under the lock of its slot, while JavaScript runs.</summary>
internal interface IInterruptible
{
    /// <summary>Asks V8 to stop what runs. One shot: the watchdog repeats it until the entry is back.</summary>
    void Interrupt();

    /// <summary>The thread does not stop: it is abandoned. Called once.</summary>
    void Quarantine();
}
