using JsRun.Engine.Crossing;
using JsRun.Engine.HostFunctions;
using JsRun.Engine.Isolates;
using JsRun.Engine.Native;
using JsRun.Engine.Operations;
using JsRun.Engine.Scripts;
using JsRun.Scheduling;
using Microsoft.ClearScript;
using Microsoft.ClearScript.V8.FastProxy;

namespace JsRun.Engine.Contexts;

/// <summary>
/// One set of globals in an isolate, with everything that belongs to it: operations, timers, sources, sinks, host calls. Used on the isolate's thread, except
/// <see cref="Post"/>.
/// </summary>
internal sealed class V8Context : IDisposable
{
    private readonly ContextEngine _engine;
    private readonly ScriptObject _enter;
    private readonly Dictionary<int, Operation> _operations = [];
    private readonly CancellationTokenSource _closing = new();
    private readonly long _created;
    private Operation? _entered;
    private TransferBuffer? _transfer;
    private List<Action>? _afterEntry;
    private JavaScriptException? _entryError;
    private bool _disposed;

    public V8Context(V8Isolate isolate, ContextEngine engine, ContextOptions options, bool isShared)
    {
        Isolate = isolate;
        IsShared = isShared;
        Options = options;
        _engine = engine;
        _created = isolate.Services.Time.GetTimestamp();
        TimeOrigin = isolate.Services.Time.GetUtcNow().Subtract(DateTimeOffset.UnixEpoch).TotalMilliseconds;
        Timers = new ContextTimers(this);
        Bodies = new ContextBodies(this);
        Values = new ContextValues(this);
        Calls = new HostCallPort(this);
        Loads = new ModuleLoads(this);
        Streams = new HostStreamPort(this);
        Waits = new ContextWaits(this);
        Memory = new ContextMemory(isolate);
        Fate = new ContextFate(this);
        Scripts = new ContextScripts(isolate, engine);
        Ports = new ContextPorts(this, isolate.Services.Ports);
        var dispatcher = new HostDispatcher(this, Ports);
        if (isolate.Image is null)
        {
            engine.Evaluate(isolate.Scripts.Get(Bundles.Runtime));
        }

        using var take = (ScriptObject)engine.Evaluate(isolate.Scripts.Get(Bundles.Take));
        _enter = (ScriptObject)engine.Invoke(take, new V8FastHostFunction("host", 1, dispatcher.Invoke));
        engine.Invoke(_enter, (int)EntryOp.Configure, options.Settings);
    }

    public V8Isolate Isolate { get; }

    /// <summary>Who answers what its JavaScript asks of the host.</summary>
    public ContextPorts Ports { get; }

    public ContextOptions Options { get; }

    /// <summary>Milliseconds since 1970, fresh for every context.</summary>
    public double TimeOrigin { get; }

    /// <summary>Milliseconds since the time origin.</summary>
    public TimeSpan Age => Isolate.Services.Time.GetElapsedTime(_created);

    /// <summary>Through which bytes cross; opened by JavaScript before its first use.</summary>
    public TransferBuffer Transfer => _transfer ?? throw new InvalidOperationException("The transfer buffer has not been opened.");

    /// <summary>The same, or <see langword="null"/> before JavaScript has opened it.</summary>
    public TransferBuffer? OpenedTransfer => _transfer;

    /// <summary>What <c>setTimeout</c> and <c>setInterval</c> have set.</summary>
    public ContextTimers Timers { get; }

    /// <summary>Bodies that are read and written.</summary>
    public ContextBodies Bodies { get; }

    /// <summary>How values cross.</summary>
    public ContextValues Values { get; }

    /// <summary>Streams that cross as values.</summary>
    public HostStreamPort Streams { get; }

    /// <summary>What its operations wait for.</summary>
    public ContextWaits Waits { get; }

    /// <summary>Signalled when the context is disposed of. For any thread.</summary>
    public CancellationToken Closing => _closing.Token;

    /// <summary>The host functions, and their calls.</summary>
    public HostCallPort Calls { get; }

    /// <summary>The embedder's runtime, where it is one. It is to be collectable while the context lives.</summary>
    public WeakReference<IJsRuntime>? Runtime { get; set; }

    /// <summary>Answers for what runs in an embedder's runtime on nobody's behalf: what earlier executions left running. <see langword="null"/> in the contexts of functions.</summary>
    public Operation? Ambient { get; set; }

    /// <summary>The most that such code may take on the wall clock at a time.</summary>
    public TimeSpan TurnLimit => Ambient?.TurnLimit ?? Timeout.InfiniteTimeSpan;

    /// <summary>Scripts that it runs.</summary>
    public ContextScripts Scripts { get; }

    /// <summary>What there is to know of the memory that it takes.</summary>
    public ContextMemory Memory { get; }

    /// <summary>Modules that are being loaded.</summary>
    public ModuleLoads Loads { get; }

    /// <summary>On whose behalf JavaScript runs now: as V8 carries it along every await where it does, else that of the entry.</summary>
    public Operation? Current => CarriesFrames && ReferenceEquals(NativeContexts.Entered, NativeContext) && _operations.TryGetValue(NativeContexts.Entered!.ReadOperation(), out var operation) && !operation.IsOver ? operation : _entered;

    public bool IsOpen => !_disposed && !IsLost && !Isolate.IsLost;

    /// <summary>Whether it was interrupted: what it was doing is half done, so nothing more is done in it.</summary>
    public bool IsLost => Fate.IsLost;

    /// <summary>What interrupts have done to it.</summary>
    public ContextFate Fate { get; }

    /// <summary>Whether operations that know nothing of each other run in it.</summary>
    public bool IsShared { get; }

    /// <summary>Whether an interrupt in it leaves the other contexts of its isolate whole.</summary>
    public bool HasOwnQueue => NativeContext is { Queue.IsNull: false };

    /// <summary>Whether V8 carries along every await on whose behalf code runs.</summary>
    public bool CarriesFrames => NativeContext is { CarriesFrames: true };

    /// <summary>The context's native half, if the native layer is used.</summary>
    public NativeContext? NativeContext => _engine.Native;

    /// <summary>Whether its event loop has nothing left to do.</summary>
    public bool IsIdle => Loads.Count == 0 && Timers.Count == 0 && !Ports.IsBusy && !Bodies.IsReading && Streams.IsIdle;

    /// <summary>Host calls that JavaScript waits for. May be asked from any thread, and is then a moment old.</summary>
    public int PendingCalls => Ports.Pending + Loads.Count;

    public IReadOnlyCollection<Operation> Operations => _operations.Values;

    /// <summary>Enters JavaScript through the trampoline.</summary>
    /// <returns>Whether it came back as it should: not interrupted, not out of memory.</returns>
    public bool Enter(Operation? operation, EntryOp op, params object?[] arguments)
    {
        if (!IsOpen)
        {
            if (IsLost)
            {
                operation?.Fail(Endings.Neighbour());
            }

            return false;
        }

        operation ??= Ambient;
        var outer = _entered;
        _entered = operation;
        try
        {
            var returned = Isolate.Entries.Enter(this, operation, op, arguments);
            if (returned && outer is null && NativeContext is { Rejections: > 0 })
            {
                // All microtasks have run.
                _entered = RejectionOperation.For(operation, e => Isolate.Services.Logger.RejectionsNotTold(operation?.Name ?? "", operation?.RequestId ?? "", e.Message));
                returned = Isolate.Entries.Enter(this, _entered, EntryOp.PromisesRejected, [NativeContext.TakeRejections()]);
            }

            return returned && (outer is not null || HasRoom(operation));
        }
        finally
        {
            _entered = outer;
            if (!Isolate.Entries.IsActive)
            {
                RunAfterEntry();
                Waits.TellWatched();
            }
        }
    }

    /// <summary>Calls the trampoline. For <see cref="IsolateEntries"/>.</summary>
    /// <returns>What the entry failed with, if it did.</returns>
    public JavaScriptException? Call(object?[] arguments)
    {
        _entryError = null;
        return _engine.Invoke(_enter, arguments) is true ? _entryError ?? Endings.StackOverflow() : null;
    }

    /// <summary>The entry that is under way fails.</summary>
    public void FailEntry(JavaScriptException error) => _entryError = error;

    /// <summary>Has something done when JavaScript, and its microtasks, have run as far as they can without the host.</summary>
    public void AfterEntry(Action action) => (_afterEntry ??= []).Add(action);

    /// <summary>Called by the watchdog, on its thread, while JavaScript runs.</summary>
    public void Interrupt() => _engine.Interrupt();

    /// <summary>A nested entry was interrupted, and only that.</summary>
    public void CancelInterrupt() => _engine.CancelInterrupt();

    public void Add(Operation operation)
    {
        operation.Context = this;
        _operations.Add(operation.Id, operation);
    }

    /// <summary>It has its outcome. What it set going lives on.</summary>
    public void Forget(Operation operation) => _operations.Remove(operation.Id);

    public Operation? FindOperation(int id) => _operations.GetValueOrDefault(id);

    /// <summary>Finds the exception of the host's that an error in JavaScript stands for.</summary>
    public Func<int, Exception?> FindHostError { get; set; } = static _ => null;

    public void Post(IWorkItem item) => Isolate.Post(item);

    /// <summary>Enters for what an operation left running, if only a top level that has long ended.</summary>
    public void EnterLater(Operation? operation, EntryOp op, params object?[] arguments)
    {
        if (operation is StartupOperation { Done.IsCompleted: true } startup)
        {
            // What a top level left running belongs to no request: it is limited turn by turn.
            startup.CpuTime = TimeSpan.Zero;
        }

        Enter(operation, op, arguments);
    }

    public void OpenTransfer(TransferBuffer transfer) => _transfer ??= transfer;

    /// <summary>Lets go of all that an operation holds.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="livesOn">Whether the context serves others: JavaScript is then told to forget its timers.</param>
    public void Release(Operation operation, bool livesOn)
    {
        if (!_operations.Remove(operation.Id))
        {
            return;
        }

        if (operation is RequestOperation request)
        {
            Waits.Unwatch(request);
        }

        Timers.Release(operation, livesOn);
        Ports.Release(operation);
        Bodies.Release(operation);
    }

    /// <summary>Ends all that it does. What is left is its place in V8's heap, which <see cref="Dispose"/> gives back when there is time.</summary>
    public void Close()
    {
        if (_disposed)
        {
            return;
        }

        foreach (var operation in _operations.Values.ToArray())
        {
            Release(operation, livesOn: false);
        }

        _disposed = true;
        Streams.Dispose();
        // What it sets going must not come back here.
        _ = _closing.CancelAsync().ContinueWith(static (_, closing) => ((CancellationTokenSource)closing!).Dispose(), _closing, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        Timers.Close();
        Bodies.Close();
        Ports.Dispose();
    }

    public void Dispose()
    {
        Close();
        _transfer?.Dispose();
        _enter.Dispose();
        _engine.Dispose();
    }

    // What a turn has taken in memory without asking is known when it has ended.
    private bool HasRoom(Operation? operation)
    {
        if (Memory is { MayGrow: true, HasOutgrown: false })
        {
            _entered = null;
            if (!Isolate.Entries.Enter(this, null, EntryOp.MeasureMemories, []))
            {
                return false;
            }
        }

        if (!Isolate.Entries.HasOutgrown(this))
        {
            return true;
        }

        Isolate.Entries.EndOutgrown(this, operation);
        return false;
    }

    private void RunAfterEntry()
    {
        var actions = _afterEntry;
        _afterEntry = null;
        actions?.ForEach(static action => action());
    }
}
