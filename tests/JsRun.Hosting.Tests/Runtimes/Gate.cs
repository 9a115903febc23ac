namespace JsRun.Hosting.Tests.Runtimes;

/// <summary>A place in a host function where it waits until a test lets it go on.</summary>
internal sealed class Gate : IDisposable
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _open = new();

    public Task Reached => _reached.Task;

    public void Pass()
    {
        _reached.TrySetResult();
        _open.Wait(TimeSpan.FromSeconds(30));
    }

    public void Open() => _open.Set();

    public void Dispose() => _open.Dispose();
}
