namespace JsRun.Scheduling;

/// <summary>A message whose sender waits for it.</summary>
/// <param name="run">What it does on the isolate's thread.</param>
/// <param name="dropped">Makes what the sender is told if nobody takes messages any more.</param>
/// <param name="translate">Makes what the sender is told of a failure; <see langword="null"/> if that is the failure itself.</param>
internal sealed class TaskItem(Action run, Func<Exception> dropped, Func<Exception, Exception>? translate = null) : IWorkItem
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when it has run, or was dropped.</summary>
    public Task Done => _done.Task;

    public void Run()
    {
        try
        {
            run();
        }
        catch (Exception e)
        {
            _done.TrySetException(translate?.Invoke(e) ?? e);
            return;
        }

        _done.TrySetResult();
    }

    public void Drop() => _done.TrySetException(dropped());
}
