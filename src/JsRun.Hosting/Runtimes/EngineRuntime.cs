using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;
using JsRun.Engine.Isolates;
using JsRun.Limits;
using JsRun.Scheduling;
using JsRun.Values;

namespace JsRun.Runtimes;

/// <summary>
/// A runtime on an isolate: its own, or a leased one's. Neither the isolate nor the context knows of it but while it has something to do, so that one which nobody disposed of can be collected: its finaliser then
/// ends what it holds.
/// </summary>
internal sealed class EngineRuntime : IJsRuntime, ITextRuntime, IFunctionOwner
{
    // Where a host function keeps the isolate's thread, nobody waits for longer.
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(10);

    private readonly V8Isolate _isolate;
    private readonly ContextOptions _settings;
    private readonly RuntimeEvaluations _evaluations;
    private readonly RuntimeImports _imports;
    private readonly RuntimeExecutor _executor;
    private readonly RuntimeFate _fate;
    private readonly bool _ownsIsolate;
    private readonly Func<Task> _end;
    private readonly RuntimeOps _ops = new();
    private RuntimeHoldings? _holdings;
    private int _disposed;

    /// <param name="isolate">Where it lives.</param>
    /// <param name="settings">What its context is made of.</param>
    /// <param name="modules">What it may import.</param>
    /// <param name="executor">Runs what it is asked.</param>
    /// <param name="ownsIsolate">Whether the isolate ends with it.</param>
    /// <param name="end">Gives the isolate back, or ends it. Must not know the runtime.</param>
    public EngineRuntime(V8Isolate isolate, ContextOptions settings, RuntimeModules modules, RuntimeExecutor executor, bool ownsIsolate, Func<Task> end)
    {
        _isolate = isolate;
        _settings = settings;
        _evaluations = new RuntimeEvaluations(modules, executor);
        _imports = new RuntimeImports(modules, executor);
        _executor = executor;
        _fate = executor.Fate;
        _ownsIsolate = ownsIsolate;
        _end = end;
        Modules = new EngineModules(modules, executor.Fate);
        executor.Owner = this;
    }

    /// <summary>Ends what nobody disposed of.</summary>
    ~EngineRuntime()
    {
        if (BeginDispose())
        {
            _end().Forget(_isolate.Services.Logger);
        }
    }

    public JsRuntimeState State => _fate.State == JsRuntimeState.Running && _isolate.IsLost ? JsRuntimeState.Terminated : _fate.State;

    public bool IsClosed => State != JsRuntimeState.Running;

    public IJsRuntimeModules Modules { get; }

    /// <summary>Runs what it is asked to.</summary>
    public RuntimeExecutor Executor => _executor;

    /// <summary>Makes the context.</summary>
    public Task StartAsync() => OnThreadAsync(() =>
    {
        var context = _isolate.CreateContext(_settings);
        context.Ambient = new AmbientOperation(_executor.Timeout);
        context.Add(context.Ambient);
        context.Fate.Ending = _fate.EndBy(rented: !_ownsIsolate);
        var weak = new WeakReference<IJsRuntime>(this);
        context.Runtime = weak;
        var counters = _executor.Counters;
        var holdings = new RuntimeHoldings(context, counters, new FunctionReferences(context, new WeakReference<IFunctionOwner>(this)), weak);
        context.Values.Keep('F', holdings.Functions);
        var owner = new WeakReference<object>(this);
        context.Streams.Attach(counters, () => owner.TryGetTarget(out var runtime) ? runtime : null);
        counters.Heap = _isolate.ReadHeap();
        counters.Live(holdings.ReadStats);
        holdings.Hold.Start();
        _executor.Hold = holdings.Hold;
        _holdings = holdings;
        _executor.Context = context;
    });

    /// <summary>Does something on the isolate's thread, where none of the runtime's members has to wait for it.</summary>
    public Task OnThreadAsync(Action action)
    {
        var item = new TaskItem(
            action,
            () => _fate.Ending ?? _executor.Gone(),
            e => e is ArgumentException or ObjectDisposedException ? e : _isolate.Entries.LoseIfFatal(e, _isolate.Name));
        _isolate.Post(item);
        return item.Done;
    }

    public object? Evaluate(string code, JsEvaluateOptions? options = null, CancellationToken cancellationToken = default) => _evaluations.Evaluate(code, options, cancellationToken);

    public T? Evaluate<T>(string code, JsEvaluateOptions? options = null, CancellationToken cancellationToken = default) => ConvertTo<T>(Evaluate(code, options, cancellationToken));

    public ValueTask<object?> EvaluateAsync(string code, JsEvaluateOptions? options = null, CancellationToken cancellationToken = default) => _evaluations.EvaluateAsync(code, options, cancellationToken);

    public ValueTask<T?> EvaluateAsync<T>(string code, JsEvaluateOptions? options = null, CancellationToken cancellationToken = default) => ConvertAsync<T>(EvaluateAsync(code, options, cancellationToken));

    public ValueTask<JsResult> EvaluateTextAsync(string code, string fileName = "script.js", CancellationToken cancellationToken = default) => _evaluations.EvaluateTextAsync(code, fileName, cancellationToken);

    public ValueTask RunModuleAsync(string path, string? root = null, CancellationToken cancellationToken = default)
    {
        // The file is looked for before JavaScript could say that the runtime has ended.
        _fate.ThrowIfEnded();
        return _imports.RunAsync(path, root, cancellationToken);
    }

    public ValueTask<JsModuleNamespace> ImportAsync(string specifier, JsImportOptions? options = null, CancellationToken cancellationToken = default) => _imports.ImportAsync(specifier, options, cancellationToken);

    public ValueTask<JsModuleNamespace> ImportFileAsync(string path, string? root = null, JsImportOptions? options = null, CancellationToken cancellationToken = default) =>
        _imports.ImportFileAsync(path, root, options, cancellationToken);

    public JsModuleNamespace Import(string specifier, JsImportOptions? options = null, CancellationToken cancellationToken = default) => _imports.Import(specifier, options, cancellationToken);

    public JsRuntimeStats GetStats()
    {
        _fate.ThrowIfEnded();
        return _holdings!.ReadStats();
    }

    public void BindFunction(string name, Delegate handler)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(handler);
        Bind(name, handler, JsBindMode.Replace);
    }

    public void BindObject(string name, IReadOnlyDictionary<string, object?> members, JsBindMode mode)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(members);
        Bind(name, members, mode);
    }

    public void BindObject(string name, IJsExportable exported, JsBindMode mode)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(exported);
        Bind(name, exported, mode);
    }

    public void SetGlobal(string name, object? value)
    {
        ArgumentNullException.ThrowIfNull(name);
        Bind(name, value, JsBindMode.Replace);
    }

    public ValueTask SetGlobalAsync(string name, object? value, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        _fate.ThrowIfEnded();
        return new ValueTask(_executor.DoAsync(name, new RuntimeBinding(_executor.Context!, name, value, JsBindMode.Replace).Enter, cancellationToken));
    }

    public void RegisterOp(JsOp op)
    {
        ArgumentNullException.ThrowIfNull(op);
        _fate.ThrowIfEnded();
        _ops.Add(op);
        try
        {
            _executor.Do(op.Name, new RuntimeBinding(_executor.Context!, op).Enter);
        }
        catch
        {
            _ops.Remove(op);
            throw;
        }
    }

    public async ValueTask WaitForIdleAsync(CancellationToken cancellationToken = default)
    {
        var idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var watch = _holdings!.Idle;
        _executor.Post(_ => watch.Add(idle), e => idle.TrySetException(e));
        await idle.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Terminate(string? reason = null)
    {
        var ending = RuntimeFate.Terminated(reason ?? RuntimeFate.ByHost);
        if (!_fate.TryEnd(JsRuntimeState.Terminated, ending))
        {
            return;
        }

        Abandon(ending);
        if (_ownsIsolate)
        {
            _ = _isolate.StopAsync(interrupt: true);
        }
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        if (BeginDispose())
        {
            var ended = FarewellAsync();
            if (!_isolate.IsOwnThread)
            {
                ended.GetAwaiter().GetResult();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (BeginDispose())
        {
            await FarewellAsync().ConfigureAwait(false);
        }
    }

    public T? ConvertTo<T>(object? value) => ResultConverter.To<T>(value, _settings.Json);

    object? IFunctionOwner.Invoke(JsFunction function, JsInvokeOptions? options, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken)
    {
        ThrowIfShutDown();
        return _executor.Run(JsExecutionKind.Call, Label(function), Call(function, arguments, awaits: false), options?.Timeout, cancellationToken);
    }

    ValueTask<object?> IFunctionOwner.InvokeAsync(JsFunction function, JsInvokeOptions? options, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken)
    {
        ThrowIfShutDown();
        return _executor.RunAsync(JsExecutionKind.CallAsync, Label(function), Call(function, arguments, awaits: true), options?.Timeout, cancellationToken);
    }

    private static string Label(JsFunction function) => function.Name.Length > 0 ? function.Name : "(anonymous)";

    void IFunctionOwner.Release(int id) => _holdings!.Functions.Release(id);

    private async ValueTask<T?> ConvertAsync<T>(ValueTask<object?> value) => ConvertTo<T>(await value.ConfigureAwait(false));

    private void Bind(string name, object? value, JsBindMode mode)
    {
        _fate.ThrowIfEnded();
        _executor.Do(name, new RuntimeBinding(_executor.Context!, name, value, mode).Enter);
    }

    /// <summary>The arguments are copied now, and what cannot cross fails here.</summary>
    private Action<V8Context, EvaluationOperation> Call(JsFunction function, ReadOnlySpan<object?> arguments, bool awaits)
    {
        var hasReceiver = function.HasReceiver;
        var list = _executor.Context!.Values.WriteArguments(arguments.ToArray(), hasReceiver, function.Receiver);
        return (context, operation) => context.Enter(operation, EntryOp.CallFunction, operation.Id, function.Id, context.Values.Send(list), hasReceiver, awaits);
    }

    private void ThrowIfShutDown()
    {
        if (_disposed != 0)
        {
            throw new ObjectDisposedException(nameof(IJsRuntime), "Function call failed: Runtime has been shut down");
        }
    }

    private bool BeginDispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return false;
        }

        _fate.TryEnd(JsRuntimeState.Disposed, RuntimeFate.Closed);
        Abandon(RuntimeFate.Closed);
        _executor.Counters.Gone();
        if (_executor.Context is { } context)
        {
            var (isolate, holdings) = (_isolate, _holdings!);
            _isolate.Post(new ActionItem(() =>
            {
                holdings.Stop();
                isolate.DisposeContext(context);
            }));
        }

        return true;
    }

    /// <summary>What runs is interrupted, and all who wait are told.</summary>
    private void Abandon(Func<Exception> ending)
    {
        _executor.FailAll(ending);
        _holdings?.Idle.Fail(ending());
        if (_executor.Context is { } context)
        {
            _isolate.Entries.Interrupt(context, InterruptReason.Cancelled);
        }
    }

    private async Task FarewellAsync()
    {
        try
        {
            await _end().WaitAsync(LongestFarewell, GuardedTime.Of(_isolate.Services.Time)).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _isolate.Services.Logger.NotDisposed(_isolate.Name, LongestFarewell);
        }
    }
}
