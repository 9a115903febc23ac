namespace JsRun.Scheduling;

/// <summary>Something that an isolate's thread does: one message of its mailbox.</summary>
internal interface IWorkItem
{
    /// <summary>Called on the isolate's thread.</summary>
    void Run();

    /// <summary>Called instead of <see cref="Run"/>, on any thread, when the isolate is gone.</summary>
    void Drop();
}
