namespace JsRun.Scheduling;

/// <summary>Tasks that nobody waits for.</summary>
internal static class BackgroundTask
{
    /// <summary>What the task fails with is nobody's: it is not reported as unobserved. For tasks that run code of the application's, such as the callbacks of a token.</summary>
    public static void Forget(this Task task)
    {
        if (!task.IsCompletedSuccessfully)
        {
            task.ContinueWith(static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }
}
