using System.Globalization;
using JsRun.Engine;
using JsRun.Functions;
using JsRun.Limits;
using JsRun.Modules;
using JsRun.Scheduling;
using JsRun.Values;

namespace JsRun.Runtime;

/// <summary>A runtime on an isolate: its own, or a leased one's.</summary>
internal sealed class EngineRuntime(V8Isolate isolate, ContextOptions settings, ModuleGraphBuilder modules, TimeSpan timeout, TimeSpan cpuLimit, Func<ValueTask> end) : IJsRuntime
{
    private static readonly JsEvaluateOptions DefaultEvaluation = new();

    // Whatever runs between evaluations (timers) belongs to the runtime as a whole.
    private readonly EvaluationOperation _ambient = new("runtime") { CpuLimit = cpuLimit };
    private readonly List<TaskCompletionSource> _idle = [];
    private V8Context? _context;
    private bool _watchesTurns;
    private int _disposed;

    /// <summary>Makes the context.</summary>
    public Task StartAsync()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(
            () =>
            {
                _context = isolate.CreateContext(settings);
                _context.Add(_ambient);
                started.SetResult();
            },
            e => started.TrySetException(e));
        return started.Task;
    }

    public async ValueTask<object?> EvaluateAsync(string code, JsEvaluateOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(code);
        var fileName = (options ?? DefaultEvaluation).FileName;
        return await RunAsync(fileName, (context, operation) => context.Enter(operation, EntryOp.EvaluateValue, operation.Id, code, fileName, true), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<T?> EvaluateAsync<T>(string code, JsEvaluateOptions? options = null, CancellationToken cancellationToken = default) =>
        ResultConverter.To<T>(await EvaluateAsync(code, options, cancellationToken).ConfigureAwait(false), settings.Json);

    public async ValueTask<JsResult> EvaluateTextAsync(string code, string fileName = "script.js", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        return (JsResult)(await RunAsync(fileName, (context, operation) => context.Enter(operation, EntryOp.Evaluate, operation.Id, code, fileName), cancellationToken).ConfigureAwait(false))!;
    }

    public async ValueTask RunModuleAsync(string path, string? root = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = Path.GetFullPath(path);
        var folder = root is null ? Path.GetDirectoryName(file)! : Path.GetFullPath(root);
        var build = await modules.BuildAsync(folder, file, cancellationToken).ConfigureAwait(false);
        var built = build.GraphOrThrow();
        var graph = built.ToScripts();
        (settings.Modules as RuntimeModules)?.Use(new FolderModuleSource(modules, folder, built));
        await RunAsync(
            graph.EntryUrl,
            (context, operation) =>
            {
                if (context.AddModules(operation, graph))
                {
                    context.Enter(operation, EntryOp.EvaluateModule, operation.Id, graph.EntryUrl);
                }
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask WaitForIdleAsync(CancellationToken cancellationToken = default)
    {
        var idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(
            () =>
            {
                if (!_watchesTurns)
                {
                    _watchesTurns = true;
                    // Beside the pool, which watches the turns of its isolates too.
                    isolate.TurnEnded += CheckIdle;
                }

                _idle.Add(idle);
            },
            e => idle.TrySetException(e));
        await idle.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        if (_context is { } context)
        {
            // Nobody waits any more for what still runs.
            isolate.Interrupt(context, InterruptReason.Cancelled);
        }

        isolate.Post(new ActionItem(Close, FailIdle));
        await end().ConfigureAwait(false);
    }

    private async ValueTask<object?> RunAsync(string name, Action<V8Context, EvaluationOperation> start, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        cancellationToken.ThrowIfCancellationRequested();
        var operation = new EvaluationOperation(name) { CpuLimit = cpuLimit };
        Post(
            () =>
            {
                if (!operation.Result.IsCompleted)
                {
                    _context!.Add(operation);
                    start(_context, operation);
                }
            },
            operation.Fail);
        try
        {
            return await operation.Result.WaitAsync(timeout, isolate.Services.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!operation.Result.IsCompleted)
        {
            Abandon(operation, InterruptReason.Timeout);
            throw new JsTimeoutException($"The evaluation of {name} took longer than {timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s.");
        }
        catch (JsTerminatedException e) when (_disposed != 0)
        {
            throw new ObjectDisposedException("The runtime was disposed of before the evaluation had ended.", e);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Abandon(operation, InterruptReason.Cancelled);
            throw;
        }
    }

    private void Abandon(EvaluationOperation operation, InterruptReason reason)
    {
        operation.Fail(new OperationCanceledException());
        isolate.Interrupt(operation, reason);
    }

    private void Close()
    {
        FailIdle();
        var gone = new ObjectDisposedException(nameof(IJsRuntime));
        isolate.TurnEnded -= CheckIdle;
        if (_context is not null)
        {
            foreach (var operation in _context.Operations.ToArray())
            {
                operation.Fail(gone);
            }

            isolate.DisposeContext(_context);
        }
    }

    private void FailIdle() => _idle.ForEach(static waiter => waiter.TrySetException(new ObjectDisposedException(nameof(IJsRuntime))));

    private void CheckIdle(V8Isolate _)
    {
        if (_idle.Count == 0 || _context is not { IsIdle: true } || isolate.Backlog > 0)
        {
            return;
        }

        foreach (var waiter in _idle)
        {
            waiter.TrySetResult();
        }

        _idle.Clear();
    }

    private void Post(Action run, Action<Exception> fail) => isolate.Post(new ActionItem(
        () =>
        {
            try
            {
                if (_disposed != 0)
                {
                    fail(new ObjectDisposedException(nameof(IJsRuntime)));
                    return;
                }

                run();
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                fail(e);
            }
        },
        () => fail(isolate.IsLost && _disposed == 0 ? new JsIsolateLostException("The runtime's isolate is gone.") : new ObjectDisposedException(nameof(IJsRuntime)))));
}
