using JsRun.Scheduling;
using Microsoft.Extensions.Logging;

namespace JsRun.Functions;

/// <summary>Tries a deployment again that failed through no fault of the function: soon at first, then each minute. Thread-safe.</summary>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
/// <param name="attempt">Deploys; must not throw.</param>
internal sealed class DeploymentRetries(TimeProvider time, ILogger logger, Func<CancellationToken, Task> attempt) : IDisposable
{
    private static readonly TimeSpan[] Patience = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1)];

    private readonly Lock _lock = new();
    private CancellationTokenSource? _running;
    private ITimer? _timer;
    private int _count;
    private bool _disposed;

    /// <summary>The deployment failed: the next attempt comes by itself.</summary>
    public void Schedule()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _timer?.Dispose();
            _timer = time.CreateGuardedTimer(this, static retries => retries.Run(), Patience[Math.Min(_count++, Patience.Length - 1)], Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>An attempt goes on by itself: nobody waits for it any more.</summary>
    public void Adopt(CancellationTokenSource attempt)
    {
        lock (_lock)
        {
            if (!_disposed)
            {
                _running = attempt;
                return;
            }
        }

        attempt.Cancel();
    }

    /// <summary>Ends an attempt that is under way, and the wait for the next: somebody asked for another deployment, or none is needed.</summary>
    public void Cancel()
    {
        CancellationTokenSource? running;
        lock (_lock)
        {
            _count = 0;
            _timer?.Dispose();
            _timer = null;
            running = _running;
            _running = null;
        }

        running?.Cancel();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
        }

        Cancel();
    }

    private void Run()
    {
        CancellationTokenSource running;
        lock (_lock)
        {
            if (_disposed || _timer is null)
            {
                return;
            }

            _timer.Dispose();
            _timer = null;
            running = _running = new CancellationTokenSource();
        }

        attempt(running.Token).Forget(logger);
    }
}
