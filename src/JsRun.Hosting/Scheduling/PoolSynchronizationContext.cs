namespace JsRun.Scheduling;

/// <summary>
/// Posts to the thread pool, as its base does, but under another type: the continuations of tasks that are completed on a thread with such a context do not run on it then and there. Code of the
/// host's that runs on an isolate's thread runs in one.
/// </summary>
internal class PoolSynchronizationContext : SynchronizationContext
{
    public override SynchronizationContext CreateCopy() => this;
}
