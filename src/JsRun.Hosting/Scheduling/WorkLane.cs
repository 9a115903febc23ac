namespace JsRun.Scheduling;

/// <summary>
/// One pool group's share of the <see cref="WorkThreads"/>: as much at a time as it may have, the rest in the order in which it came. Whoever fills a lane keeps only itself waiting.
/// Thread-safe.
/// </summary>
/// <param name="most">How much of its work runs at a time.</param>
internal sealed class WorkLane(int most)
{
    private readonly Lock _lock = new();
    private readonly Queue<Action> _waiting = new();
    private int _running;

    /// <summary>Runs work that blocks, or takes long, and waits until it has ended.</summary>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">The work is not begun if it is cancelled before its turn.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = false;
        // What is cancelled while it waits is told at once, and passed over at its turn.
        using var registration = cancellationToken.UnsafeRegister(
            _ =>
            {
                if (!Interlocked.Exchange(ref begun, true))
                {
                    done.SetCanceled(cancellationToken);
                }
            },
            null);
        Add(() =>
        {
            if (Interlocked.Exchange(ref begun, true))
            {
                return;
            }

            try
            {
                done.SetResult(work());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        return await done.Task.ConfigureAwait(false);
    }

    /// <summary>The same for work that cannot be stopped: once the token is cancelled nobody waits for it, but it keeps its place in the lane until it returns.</summary>
    /// <inheritdoc cref="RunAsync" path="/param"/>
    /// <inheritdoc cref="RunAsync" path="/exception"/>
    public async Task<T> RunOrLeaveAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        var task = RunAsync(work, cancellationToken);
        try
        {
            return await task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!task.IsCompleted)
        {
            // Whatever it ends with was seen.
            task.Forget();
            throw;
        }
    }

    private void Add(Action work)
    {
        lock (_lock)
        {
            if (_running == most)
            {
                _waiting.Enqueue(work);
                return;
            }

            _running++;
        }

        WorkThreads.Post(() => Run(work));
    }

    private void Run(Action work)
    {
        work();
        Action? next;
        lock (_lock)
        {
            if (!_waiting.TryDequeue(out next))
            {
                _running--;
                return;
            }
        }

        // Behind what other lanes have waiting for a thread.
        WorkThreads.Post(() => Run(next));
    }
}
