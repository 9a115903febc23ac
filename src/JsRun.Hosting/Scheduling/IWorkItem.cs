namespace JsRun.Scheduling;

/// <summary>Something that an isolate's thread does: one message of its mailbox.</summary>
internal interface IWorkItem
{
    /// <summary>Gets whether another isolate can do it just as well: it is dropped, to be begun elsewhere, where it would wait for a long turn.</summary>
    bool CanMove => false;

    /// <summary>Called on the isolate's thread.</summary>
    void Run();

    /// <summary>Called instead of <see cref="Run"/>, on any thread, when the isolate is gone or busy for long.</summary>
    void Drop();
}
