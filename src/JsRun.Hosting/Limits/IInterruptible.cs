namespace JsRun.Limits;

/// <summary>What the watchdog can do to an isolate. All members but <see cref="Shed"/> are called under the lock of its slot, while JavaScript runs.</summary>
internal interface IInterruptible
{
    /// <summary>Asks V8 to stop what runs. One shot: the watchdog repeats it until the entry is back.</summary>
    void Interrupt();

    /// <summary>Has the isolate's thread look whose code it runs, where the script next looks for interrupts, and tell <see cref="WatchSlot.Look"/> with the entry's number.</summary>
    void RequestLook(long entry);

    /// <summary>A turn has become a long one: what waits behind it goes elsewhere. Called once a turn, under no lock.</summary>
    void Shed();

    /// <summary>The thread does not stop: it is abandoned. Called once.</summary>
    void Quarantine();
}
