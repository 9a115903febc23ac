using JsRun.Pooling;

namespace JsRun.Hosting.Tests.Pooling;

/// <summary>An isolate that does nothing, and keeps count of what is asked of it.</summary>
internal sealed class FakeIsolate(int number) : IPooledIsolate
{
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name { get; } = $"fake-{number}";

    public int Backlog { get; set; }

    public bool IsBusy { get; set; }

    public bool NeedsReplacement { get; set; }

    public bool WasInterrupted { get; private set; }

    public bool WasAborted { get; private set; }

    public Task Stopped => _stopped.Task;

    public Task StopAsync(bool interrupt)
    {
        WasInterrupted |= interrupt;
        _stopped.TrySetResult();
        return Task.CompletedTask;
    }

    public void AbortAll() => WasAborted = true;
}
