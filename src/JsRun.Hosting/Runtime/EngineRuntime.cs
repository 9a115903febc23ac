using System.Globalization;
using JsRun.Diagnostics;
using JsRun.Engine;
using JsRun.Limits;
using JsRun.Modules;
using JsRun.Scheduling;
using JsRun.Values;

namespace JsRun.Runtime;

/// <summary>A runtime on an isolate: its own, or a leased one's.</summary>
internal sealed class EngineRuntime(V8Isolate isolate, ContextOptions settings, RuntimeModules modules, RuntimeCounters counters, TimeSpan timeout, TimeSpan cpuLimit, Func<ValueTask> end) : IJsRuntime
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
                counters.Heap = isolate.ReadHeap();
                counters.Live(ReadStats);
                started.SetResult();
            },
            e => started.TrySetException(e));
        return started.Task;
    }

    public async ValueTask<object?> EvaluateAsync(string code, JsEvaluateOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(code);
        var fileName = (options ?? DefaultEvaluation).FileName;
        code = await modules.PrepareAsync(code, fileName, cancellationToken).ConfigureAwait(false);
        return await RunAsync(JsExecutionKind.EvaluateAsync, fileName, (context, operation) => context.Enter(operation, EntryOp.EvaluateValue, operation.Id, code, fileName, true), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<T?> EvaluateAsync<T>(string code, JsEvaluateOptions? options = null, CancellationToken cancellationToken = default) =>
        ResultConverter.To<T>(await EvaluateAsync(code, options, cancellationToken).ConfigureAwait(false), settings.Json);

    public async ValueTask<JsResult> EvaluateTextAsync(string code, string fileName = "script.js", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        code = await modules.PrepareAsync(code, fileName, cancellationToken).ConfigureAwait(false);
        return (JsResult)(await RunAsync(JsExecutionKind.EvaluateAsync, fileName, (context, operation) => context.Enter(operation, EntryOp.Evaluate, operation.Id, code, fileName), cancellationToken).ConfigureAwait(false))!;
    }

    public async ValueTask RunModuleAsync(string path, string? root = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var graph = await modules.BuildAsync(path, root, cancellationToken).ConfigureAwait(false);
        await RunAsync(
            JsExecutionKind.ImportAsync,
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

    public async ValueTask<JsModuleNamespace> ImportAsync(string specifier, JsImportOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(specifier);
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        var type = options?.Type;
        using var limit = new TimeLimit(options?.Timeout ?? timeout, isolate.Services.Time, cancellationToken);
        return await limit.RunAsync(
            specifier,
            async token =>
            {
                var graph = await modules.CollectAsync(new JsModuleRequest(specifier, null, type, IsDynamic: false), synchronous: false, token).ConfigureAwait(false);
                var exports = await RunAsync(JsExecutionKind.ImportAsync, graph.EntryUrl, (context, operation) => Import(context, operation, graph, type), token).ConfigureAwait(false);
                return new JsModuleNamespace(graph.EntryUrl, (Dictionary<string, object?>)exports!);
            }).ConfigureAwait(false);
    }

    public void AddModule(string name, JsModuleSource source) => modules.Add(name, source);

    public void SetModuleResolver(JsModuleResolver? resolver) => modules.Registry.Resolver = resolver;

    public void SetModuleLoader(JsModuleLoader? loader) => modules.Registry.Loader = loader is null ? null : new RegisteredLoader(loader);

    public void SetModuleLoader(JsSyncModuleLoader? loader) => modules.Registry.Loader = loader is null ? null : new RegisteredLoader(loader);

    public JsRuntimeStats GetStats()
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        return ReadStats();
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

    private static void Import(V8Context context, EvaluationOperation operation, ScriptGraph graph, string? type)
    {
        if (context.AddModules(operation, graph))
        {
            context.Enter(operation, EntryOp.ImportModule, operation.Id, graph.EntryUrl, type);
        }
    }

    private JsRuntimeStats ReadStats()
    {
        var context = _context;
        return context is null ? counters.Read() : counters.Read() with
        {
            ActiveTimers = context.TimerCount,
            ActiveIntervals = context.IntervalCount,
            ActiveAsyncOperations = context.PendingCalls,
            OpenResources = context.OpenStreams,
        };
    }

    private async ValueTask<object?> RunAsync(JsExecutionKind kind, string name, Action<V8Context, EvaluationOperation> start, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        cancellationToken.ThrowIfCancellationRequested();
        var operation = new EvaluationOperation(name) { CpuLimit = cpuLimit, Counters = counters };
        var began = counters.Begin();
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
        finally
        {
            counters.End(kind, began);
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
        counters.Gone();
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
