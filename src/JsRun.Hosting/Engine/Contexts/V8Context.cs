using JsRun.Engine.Crossing;
using JsRun.Engine.HostFunctions;
using JsRun.Engine.Isolates;
using JsRun.Engine.Native;
using JsRun.Engine.Operations;
using JsRun.Engine.Scripts;
using JsRun.Engine.Web;
using JsRun.Limits;
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
    // A console that is small, or switched off, hides no errors.
    private const int LeastForReports = 64 * 1024;

    private readonly ContextEngine _engine;
    private readonly ScriptObject _enter;
    private readonly Dictionary<int, Operation> _operations = [];
    private readonly CancellationTokenSource _closing = new();
    private readonly long _created;
    private Operation? _entered;
    private TransferBuffer? _transfer;
    private CryptoPort? _crypto;
    private List<Action>? _afterEntry;
    private JavaScriptException? _entryError;
    private bool _disposed;

    public V8Context(V8Isolate isolate, ContextEngine engine, ContextOptions options, bool isShared)
    {
        Isolate = isolate;
        IsShared = isShared;
        Options = options;
        _engine = engine;
        Native = new NativeOperations(this, isolate.Services.Native);
        _created = isolate.Services.Time.GetTimestamp();
        TimeOrigin = isolate.Services.Time.GetUtcNow().Subtract(DateTimeOffset.UnixEpoch).TotalMilliseconds;
        Timers = new ContextTimers(this);
        Bodies = new ContextBodies(this);
        Values = new ContextValues(this);
        Web = new WebOperations(this);
        Calls = new HostCalls(this);
        Loads = new ModuleLoads(this);
        Streams = new ContextStreams(this);
        Waits = new ContextWaits(this);
        var dispatcher = new HostDispatcher(this);
        if (isolate.Image is null)
        {
            engine.Evaluate(isolate.Scripts.Get(Bundles.Runtime));
        }

        using var take = (ScriptObject)engine.Evaluate(isolate.Scripts.Get(Bundles.Take));
        _enter = (ScriptObject)engine.Invoke(take, new V8FastHostFunction("host", 1, dispatcher.Invoke));
        engine.Invoke(_enter, (int)EntryOp.Configure, options.Settings);
    }

    public V8Isolate Isolate { get; }

    /// <summary>Compression, and all that stands on the network.</summary>
    public WebOperations Web { get; }

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
    public ContextStreams Streams { get; }

    /// <summary>What its operations wait for.</summary>
    public ContextWaits Waits { get; }

    /// <summary>Signalled when the context is disposed of. For any thread.</summary>
    public CancellationToken Closing => _closing.Token;

    /// <summary>The host functions, and their calls.</summary>
    public HostCalls Calls { get; }

    /// <summary>The embedder's runtime, where it is one. It is to be collectable while the context lives.</summary>
    public WeakReference<IJsRuntime>? Runtime { get; set; }

    /// <summary>Answers for what runs in an embedder's runtime on nobody's behalf: what earlier executions left running. <see langword="null"/> in the contexts of functions.</summary>
    public Operation? Ambient { get; set; }

    /// <summary>Told when the context of an embedder's runtime cannot go on because of what ran in it; gives what everybody else in it is told. <see langword="null"/> in the contexts of functions.</summary>
    public Func<Exception, Exception>? Ending { get; set; }

    /// <summary>The most that such code may take on the wall clock at a time.</summary>
    public TimeSpan TurnLimit => Ambient?.TurnLimit ?? Timeout.InfiniteTimeSpan;

    /// <summary>Its keys and running operations of <c>crypto.subtle</c>; made when first used.</summary>
    public CryptoPort Crypto => _crypto ??= new CryptoPort(this);

    /// <summary>The same, or <see langword="null"/> before it is used.</summary>
    public CryptoPort? UsedCrypto => _crypto;

    /// <summary>Modules that are being loaded.</summary>
    public ModuleLoads Loads { get; }

    /// <summary>On whose behalf JavaScript runs now: as V8 carries it along every await where it does, else that of the entry.</summary>
    public Operation? Current => CarriesFrames && ReferenceEquals(NativeContexts.Entered, NativeContext) && _operations.TryGetValue(NativeContexts.Entered!.ReadOperation(), out var operation) && !operation.IsOver ? operation : _entered;

    public bool IsOpen => !_disposed && !IsLost && !Isolate.IsLost;

    /// <summary>Whether it was interrupted: what it was doing is half done, so nothing more is done in it.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Whether operations that know nothing of each other run in it.</summary>
    public bool IsShared { get; }

    /// <summary>Whether something that ran in it was ended in its midst: those that are in it go on, and nobody else comes.</summary>
    public bool IsInterrupted => Interrupts > 0;

    /// <summary>How often that was.</summary>
    public int Interrupts { get; private set; }

    /// <summary>Whether an interrupt in it leaves the other contexts of its isolate whole.</summary>
    public bool HasOwnQueue => NativeContext is { Queue.IsNull: false };

    /// <summary>Whether V8 carries along every await on whose behalf code runs.</summary>
    public bool CarriesFrames => NativeContext is { CarriesFrames: true };

    /// <summary>The context's native half, if the native layer is used.</summary>
    public NativeContext? NativeContext => _engine.Native;

    /// <summary>What the kernel asks of the native layer.</summary>
    public NativeOperations Native { get; }

    /// <summary>Whether its event loop has nothing left to do.</summary>
    public bool IsIdle => Loads.Count == 0 && Timers.Count == 0 && !Web.IsBusy && !Bodies.IsReading && _crypto is not { IsBusy: true } && Calls.IsIdle && Streams.IsIdle;

    /// <summary>Host calls that JavaScript waits for. May be asked from any thread, and is then a moment old.</summary>
    public int PendingCalls => Web.PendingCalls + Loads.Count + Calls.Pending + (_crypto?.Pending ?? 0);

    public IReadOnlyCollection<Operation> Operations => _operations.Values;

    /// <summary>Whether it has memories of WebAssembly: what they hold is not to wait for its turn to go.</summary>
    public bool HasMemories { get; private set; }

    /// <summary>Whether it has memories of WebAssembly that grow without asking: they are measured at the end of every turn.</summary>
    public bool HasGrowingMemories { get; private set; }

    /// <summary>Whether what it holds is past a limit that was seen only afterwards: it goes at once, and its garbage with it.</summary>
    public bool HasOutgrown { get; set; }

    /// <summary>Whether that is the limit of V8's heap.</summary>
    public bool HasOutgrownHeap { get; set; }

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

    /// <summary>What JavaScript knows of its memories of WebAssembly.</summary>
    public void Learn(MemoryState state)
    {
        HasMemories = true;
        HasGrowingMemories |= state == MemoryState.MayGrow;
        HasOutgrown |= state == MemoryState.Exceeded;
        if (state == MemoryState.Short)
        {
            Isolate.ClearKeptObjects();
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

    /// <summary>Evaluates a script that runs nothing of the user's: a function expression.</summary>
    public object Evaluate(ScriptSource function) => _engine.Evaluate(Isolate.Scripts.Get(function));

    /// <summary>Runs a whole script that the kernel made, from within an entry. What it throws is the kernel's own: nothing of user code's leaves V8 here either.</summary>
    /// <returns>Why V8 refused it, or <see langword="null"/>; what stopped it the kernel knows.</returns>
    public string? RunScript(string script, string fileName)
    {
        try
        {
            _engine.Execute(new DocumentInfo(fileName), script);
            return null;
        }
        catch (ScriptEngineException e) when (!e.IsFatal)
        {
            return e.Message;
        }
        catch (Exception e) when (e is ScriptInterruptedException or ScriptEngineException)
        {
            // The entry is about to end by it.
            return null;
        }
    }

    /// <summary>Plans a script, from within an entry.</summary>
    /// <inheritdoc cref="ScriptPlanner.Plan" path="/param"/>
    /// <inheritdoc cref="ScriptPlanner.Plan" path="/returns"/>
    public string? PlanScript(string code, bool mayAwait) => AskPlanner(planner => planner.Plan(code, mayAwait));

    /// <summary>Finds the mistake in a script, from within an entry.</summary>
    /// <inheritdoc cref="ScriptPlanner.FindMistake" path="/param"/>
    /// <inheritdoc cref="ScriptPlanner.FindMistake" path="/returns"/>
    public string? FindMistake(string code, bool mayAwait, string message, bool declares) => AskPlanner(planner => planner.FindMistake(code, mayAwait, message, declares));

    private string? AskPlanner(Func<ScriptPlanner, string?> ask)
    {
        try
        {
            return ask(Isolate.Planner);
        }
        catch (Exception e) when (e is ScriptInterruptedException or ScriptEngineException { IsFatal: true })
        {
            // The entry is about to end by it.
            return null;
        }
    }

    /// <summary>Called by the watchdog, on its thread, while JavaScript runs.</summary>
    public void Interrupt() => _engine.Interrupt();

    /// <summary>A nested entry was interrupted, and only that.</summary>
    public void CancelInterrupt() => _engine.CancelInterrupt();

    /// <summary>What ran in it was interrupted. Whoever else has a request in it loses that.</summary>
    /// <param name="offender">The operation whose code ran.</param>
    /// <param name="ending">The exception that the operation ends with.</param>
    public void Lose(Operation? offender, Exception ending)
    {
        IsLost = true;
        offender?.Fail(ending);
        FailOthers(offender, ending);
    }

    /// <summary>It goes with what was interrupted in it. Whoever else has something in it is told.</summary>
    /// <param name="offender">The operation whose code ran.</param>
    /// <param name="ending">The exception that the operation ends with.</param>
    public void FailOthers(Operation? offender, Exception ending)
    {
        // All that runs in an embedder's runtime is its own.
        var told = Ending?.Invoke(ending);
        foreach (var operation in _operations.Values.Where(o => !ReferenceEquals(o, offender)).ToArray())
        {
            operation.Fail(told ?? Endings.Neighbour());
        }
    }

    /// <summary>Ends an operation whose code was interrupted. All other operations continue.</summary>
    /// <param name="offender">The operation whose code ran.</param>
    /// <param name="reason">Why.</param>
    public void EndInterrupted(Operation offender, InterruptReason reason)
    {
        Interrupts++;
        // What it was about to hand over must not come before what the next one does.
        _transfer?.Clear();
        offender.Interrupt(reason);
        Enter(null, EntryOp.OperationInterrupted);
    }

    public void Add(Operation operation)
    {
        operation.Context = this;
        _operations.Add(operation.Id, operation);
    }

    /// <summary>It has its outcome. What it set going lives on.</summary>
    public void Forget(Operation operation) => _operations.Remove(operation.Id);

    public Operation? FindOperation(int id) => _operations.GetValueOrDefault(id);

    /// <summary>Finds an operation of the kind that a message is for.</summary>
    public T? Find<T>(int id)
        where T : Operation => _operations.GetValueOrDefault(id) as T;

    /// <summary>Finds the exception of the host's that an error in JavaScript stands for.</summary>
    public Func<int, Exception?> FindHostError { get; set; } = static _ => null;

    public void Post(IWorkItem item) => Isolate.Post(item);

    /// <summary>Tells a logger or a callback of the host's of something, in the execution context of whoever had the script run.</summary>
    /// <param name="name">Who is told, for messages.</param>
    /// <param name="operation">On whose behalf JavaScript runs.</param>
    /// <param name="action">Tells it.</param>
    public void Tell(string name, Operation? operation, Action action)
    {
        try
        {
            new HostAction(name, action).Run(this, operation);
        }
        catch (Exception e)
        {
            // It runs in the midst of a script, which must neither see it nor end by it.
            Isolate.Services.Logger.CallbackFailed(name, e);
        }
    }

    /// <summary>Whether the log may take one more report of what the script did: an operation has as much for reports as it has for its console.</summary>
    /// <param name="operation">On whose behalf it is reported.</param>
    /// <param name="length">Roughly how long the report is, in characters.</param>
    public bool MayLog(Operation? operation, int length)
    {
        if (operation is null)
        {
            return true;
        }

        long most = Math.Max(Options.MaxConsoleBytes, LeastForReports);
        var before = operation.ReportLength;
        operation.ReportLength += length;
        if (operation.ReportLength <= most)
        {
            return true;
        }

        if (before <= most)
        {
            Isolate.Services.Logger.ReportsTruncated(operation.Name, operation.RequestId, most);
        }

        return false;
    }

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
        Web.Release(operation);
        _crypto?.Cancel(operation);
        Calls.Cancel(operation);
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
        Calls.Cancel(null);
        Streams.Dispose();
        // What it sets going must not come back here.
        _ = _closing.CancelAsync().ContinueWith(static (_, closing) => ((CancellationTokenSource)closing!).Dispose(), _closing, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        Timers.Close();
        Bodies.Close();
        Web.Dispose();
        _crypto?.Dispose();
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
        if (HasGrowingMemories && !HasOutgrown)
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
