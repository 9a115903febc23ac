using JsRun.Pooling;

namespace JsRun.Hosting.Tests.Pooling;

/// <summary>Makes isolates at once, or when the test says so.</summary>
internal sealed class FakeIsolateFactory : IIsolateFactory<FakeIsolate>
{
    private int _stopped;
    private readonly Lock _lock = new();
    private readonly List<FakeIsolate> _made = [];
    private readonly Queue<TaskCompletionSource> _gates = new();

    /// <summary>Where set, each isolate waits for <see cref="LetGo"/>.</summary>
    public bool Holds { get; set; }

    public Exception? Failure { get; set; }

    public FakeIsolate[] Made
    {
        get
        {
            lock (_lock)
            {
                return [.. _made];
            }
        }
    }

    /// <summary>Isolates that were stopped while they were made.</summary>
    public int Stopped => _stopped;

    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _gates.Count;
            }
        }
    }

    public async Task<FakeIsolate> CreateAsync(IsolatePool<FakeIsolate> pool, CancellationToken stopping)
    {
        TaskCompletionSource? gate = null;
        lock (_lock)
        {
            if (Holds)
            {
                gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _gates.Enqueue(gate);
            }
        }

        if (gate is not null)
        {
            try
            {
                await gate.Task.WaitAsync(stopping);
            }
            catch (OperationCanceledException)
            {
                Interlocked.Increment(ref _stopped);
                throw;
            }

        }

        lock (_lock)
        {
            if (Failure is not null)
            {
                throw Failure;
            }

            var isolate = new FakeIsolate(_made.Count);
            _made.Add(isolate);
            return isolate;
        }
    }

    public void LetGo()
    {
        lock (_lock)
        {
            _gates.Dequeue().SetResult();
        }
    }
}
