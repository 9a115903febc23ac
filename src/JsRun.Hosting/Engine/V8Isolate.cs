using JsRun.Diagnostics;
using JsRun.Engine.Native;
using JsRun.Limits;
using JsRun.Scheduling;
using JsRun.Streams;
using Microsoft.ClearScript;
using Microsoft.ClearScript.V8;

namespace JsRun.Engine;

/// <summary>
/// One V8 heap on a thread of its own. A turn of its loop: drain the mailbox, run due timers, flush what was written, do chores, park. Contexts live and die on that thread.
/// </summary>
internal sealed class V8Isolate : IInterruptible, IDisposable
{
    // JavaScript gets MaxStackBytes of it; the rest is for what is called beneath.
    private const int ThreadStackBytes = 4 * 1024 * 1024;
    // An entry's number beyond this says on whose behalf it is: kernel/enter.ts.
    private const double OpsOfAnEntry = 256;
    private static readonly TimeSpan HeapSampleInterval = TimeSpan.FromMilliseconds(50);

    private readonly IsolateSettings _settings;
    private readonly Mailbox _mailbox = new();
    private readonly WatchSlot _slot;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<V8Context> _contexts = [];
    private readonly List<ByteSink> _written = [];
    private readonly object?[][] _arguments = [.. Enumerable.Range(0, 12).Select(n => new object?[n])];
    private V8Runtime _runtime = null!;
    private volatile bool _stopping;
    private volatile bool _lost;
    private volatile Operation? _culprit;
    private V8ScriptEngine? _bare;
    private int _threadId;
    private int _lostOnce;

    static V8Isolate()
    {
        // Interrupts and memory limits stay honest only without V8's work on thread-pool threads: docs/adr/0003.
        V8Settings.GlobalFlags |= V8GlobalFlags.DisableBackgroundWork;
    }

    public V8Isolate(IsolateSettings settings, IsolateServices services)
    {
        _settings = settings;
        Services = services;
        Timers = new TimerQueue(services.Time, _mailbox);
        _slot = services.Watchdog.Add(this);
        _thread = new Thread(Run, ThreadStackBytes) { IsBackground = true, Name = settings.Name };
    }

    public string Name => _settings.Name;

    public IsolateServices Services { get; }

    public TimerQueue Timers { get; }

    /// <summary>Whether it can no longer be entered: it was interrupted, or ran out of memory, or its thread failed.</summary>
    public bool IsLost => _lost;

    /// <summary>Messages that wait.</summary>
    public int Backlog => _mailbox.Count;

    /// <summary>Ends when the thread has ended and V8's heap is freed, or when both had to be abandoned.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Raised on the isolate's thread, or the watchdog's, once, when it is lost.</summary>
    public Action<V8Isolate, bool>? Lost { get; set; }

    /// <summary>Called on the isolate's thread when its heap is exhausted, before anybody else is told.</summary>
    public Action<JsMemoryLimitException>? OutOfMemory { get; set; }

    /// <summary>Called on the isolate's thread at the end of every turn.</summary>
    public Action<V8Isolate>? TurnEnded { get; set; }

    /// <summary>Called on the isolate's thread when nothing else is to do; says whether it did something and may have more.</summary>
    public Func<bool>? Chore { get; set; }

    public IReadOnlyList<V8Context> Contexts => _contexts;

    public Task StartAsync()
    {
        // Without the flow of whoever happens to need an isolate first.
        _thread.UnsafeStart();
        return _started.Task;
    }

    public void Post(IWorkItem item) => _mailbox.Post(item);

    /// <summary>Whether JavaScript has been running for that long without coming back.</summary>
    public bool IsBusyFor(TimeSpan duration) => _slot.IsBusyFor(duration);

    /// <summary>Interrupts JavaScript, if it runs on behalf of <paramref name="operation"/> now.</summary>
    /// <returns>Whether it does.</returns>
    public bool Interrupt(Operation operation, InterruptReason reason)
    {
        operation.CancelCalls();
        return _slot.Interrupt(operation, reason);
    }

    /// <summary>Whether the caller runs on the isolate's thread.</summary>
    public bool IsOwnThread => Environment.CurrentManagedThreadId == _threadId;

    /// <summary>Interrupts JavaScript, if it runs in <paramref name="context"/> now.</summary>
    public void Interrupt(V8Context context, InterruptReason reason)
    {
        if (_culprit is { } operation && ReferenceEquals(operation.Context, context))
        {
            Interrupt(operation, reason);
        }
    }

    /// <summary>Interrupts the evaluation of a top level, if it is one that runs now.</summary>
    public void InterruptStartup(string name, InterruptReason reason)
    {
        if (_culprit is StartupOperation operation && operation.Name == name)
        {
            Interrupt(operation, reason);
        }
    }

    /// <summary>Ends the thread: after what it runs, or by interrupting that.</summary>
    public Task StopAsync(bool interrupt)
    {
        _stopping = true;
        if (interrupt)
        {
            _slot.InterruptAll(InterruptReason.Stopping);
        }

        _mailbox.Wake();
        return _ended.Task;
    }

    /// <summary>The heap image that its contexts come from, where it has one.</summary>
    public IsolateImage? Image => _settings.Image;

    /// <param name="options">What the context is told.</param>
    /// <param name="index">Which of the image's contexts it is; without an image there is only the default.</param>
    public V8Context CreateContext(ContextOptions options, int index = NativeContexts.Default)
    {
        var native = Services.Native;
        V8ScriptEngine engine;
        NativeContext? beneath;
        using (var scope = native.Any ? NativeContexts.At(index, native.ContextQueues) : null)
        {
            engine = _runtime.CreateScriptEngine(V8ScriptEngineFlags.DisableGlobalMembers | V8ScriptEngineFlags.HideHostExceptions);
            beneath = scope?.Context;
        }

        var context = new V8Context(this, engine, options, beneath);
        _contexts.Add(context);
        return context;
    }

    /// <summary>V8's heap in use, garbage included, in bytes. On the isolate's thread.</summary>
    public long UsedHeapBytes => (long)_runtime.GetHeapInfo().UsedHeapSize;

    public long MaxHeapBytes => _settings.MaxHeapBytes;

    public void DisposeContext(V8Context context)
    {
        if (_contexts.Remove(context))
        {
            context.Dispose();
        }
    }

    /// <summary>An engine without the web layer, for the compiler.</summary>
    public V8ScriptEngine CreateBareEngine() => _runtime.CreateScriptEngine(V8ScriptEngineFlags.DisableGlobalMembers | V8ScriptEngineFlags.HideHostExceptions);

    /// <summary>The isolate's compiled scripts. On its thread.</summary>
    public ScriptCache Scripts { get; private set; } = null!;

    /// <summary>Looks at the heap. On its thread.</summary>
    public HeapSample ReadHeap()
    {
        var heap = _runtime.GetHeapInfo();
        return new HeapSample((long)heap.TotalHeapSize, (long)heap.UsedHeapSize, (long)heap.TotalExternalSize, (long)heap.TotalPhysicalSize);
    }

    /// <summary>Whether JavaScript runs now.</summary>
    public bool IsBusy => _slot.IsActive;

    public void FlushAtEndOfTurn(ByteSink sink) => _written.Add(sink);

    /// <summary>Enters JavaScript under the watchdog's eye.</summary>
    public bool Enter(V8Context context, Operation? operation, ScriptObject enter, EntryOp op, object?[] arguments)
    {
        var all = arguments.Length + 1 < _arguments.Length ? _arguments[arguments.Length + 1] : new object?[arguments.Length + 1];
        all[0] = context.CarriesFrames && operation is not null ? (int)op + (OpsOfAnEntry * operation.Id) : (int)op;
        arguments.CopyTo(all, 1);
        Exception? error = null;
        var outer = _culprit;
        _culprit = operation;
        _slot.Begin(operation);
        var outerContext = NativeContexts.Entered;
        NativeContexts.Entered = context.Beneath;
        try
        {
            enter.Invoke(false, all);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            error = e;
        }
        finally
        {
            NativeContexts.Entered = outerContext;
        }

        Array.Clear(all);
        _culprit = outer;
        var reason = _slot.End();
        if (reason != InterruptReason.None && _slot.IsActive && !_slot.IsOuterInterrupted())
        {
            // It was the nested entry's own: what called the host goes on.
            context.CancelInterrupt();
        }

        return HandleOutcome(context, operation, reason, error);
    }

    /// <summary>Runs host code that calls V8 outside of a context's trampoline, under the watchdog's eye.</summary>
    public T Guard<T>(Operation operation, Func<T> action)
    {
        _slot.Begin(operation);
        try
        {
            return action();
        }
        finally
        {
            _slot.End();
        }
    }

    /// <summary>An error of V8's outside of an entry, while a context was made: where the heap is exhausted the isolate is lost.</summary>
    /// <returns>What to tell whoever wanted it.</returns>
    public Exception LoseIfFatal(Exception error, string name)
    {
        if (error is not (ScriptEngineException { IsFatal: true } or ScriptInterruptedException))
        {
            return error is JsRunException ? error : new JavaScriptException(error.Message, error);
        }

        Services.Logger.OutOfMemory(name, "", Name, _contexts.Sum(static c => Neighbours(c, null)));
        Lose(new JsIsolateLostException("The isolate's heap was exhausted, and this request was lost with it. It is safe to send it again if the request itself is."), quarantined: false);
        return new JsMemoryLimitException($"There is no room for '{name}' in the heap of its isolate: JsRun:Limits:MaxHeapBytes is {_settings.MaxHeapBytes}.", error);
    }

    /// <summary>Ends the thread, which frees everything.</summary>
    public void Dispose() => _ = StopAsync(interrupt: true);

    void IInterruptible.Interrupt()
    {
        _culprit?.CancelCalls();
        // Any context's interrupt stops the whole isolate. The list may change meanwhile only when nothing runs.
        var contexts = _contexts;
        if (contexts.Count > 0)
        {
            contexts[0].Interrupt();
        }
        else
        {
            _bare?.Interrupt();
        }
    }

    /// <summary>The engine that stands for the isolate where it has no context.</summary>
    public void UseBare(V8ScriptEngine engine) => _bare = engine;

    void IInterruptible.Shed() => _mailbox.Shed();

    void IInterruptible.Quarantine()
    {
        Services.Watchdog.Remove(_slot);
        var culprit = _culprit;
        Services.Logger.Quarantined(Name, culprit?.Name ?? "?", culprit?.RequestId ?? "");
        culprit?.Fail(new JsTimeoutException($"The script of '{culprit.Name}' does not stop: its thread was abandoned."));
        Lose(Endings.Neighbour(), quarantined: true);
        // Whoever waits for the end must not wait for ever.
        _ended.TrySetResult();
    }

    /// <summary>An error that nobody caught: a timer's, an event listener's, a promise's.</summary>
    public void Report(V8Context context, int kind, ScriptError error)
    {
        var exception = error.ToException(context.FindHostError);
        if (context.Options.UncaughtError is { } uncaught)
        {
            uncaught(exception);
            return;
        }

        Services.Logger.Uncaught(context.Current?.Name ?? "", context.Current?.RequestId ?? "", kind == 1 ? $"(in a promise) {exception.Message}" : exception.Message, error.Stack);
    }

    public static void LoadModule(V8Context context, int call, string specifier, string referrer, string? type)
    {
        if (context.Current is { } operation)
        {
            _ = new ModuleLoad(context, operation, call).RunAsync(specifier, referrer, type);
        }
    }

    private void Run()
    {
        try
        {
            _threadId = Environment.CurrentManagedThreadId;
            SynchronizationContext.SetSynchronizationContext(new PoolSynchronizationContext());
            _slot.Attach();
            CreateRuntime();
            _started.SetResult();
            Loop();
        }
        catch (Exception e)
        {
            if (!_started.TrySetException(e))
            {
                Services.Logger.IsolateFailed(Name, e);
                Lose(new JsIsolateLostException($"The isolate '{Name}' failed: {e.Message}", e), quarantined: false);
            }
        }
        finally
        {
            TearDown();
        }
    }

    private void CreateRuntime()
    {
        const int mebibyte = 1 << 20;
        using var scope = Services.Native.Any ? NativeIsolates.From(Image?.Memory) : null;
        _runtime = new V8Runtime(Name, new V8RuntimeConstraints
        {
            // Room for the monitor, whose limit is MaxHeapBytes, to stop a burst before V8 aborts the process. Not by expansion alone: a heap that grows past V8's own
            // limit in large objects fails a check of V8's, "next_global_allocation_limit >= next_old_generation_allocation_limit", which is an abort too.
            MaxOldSpaceSize = (int)Math.Min(3 * (_settings.MaxHeapBytes / mebibyte), int.MaxValue),
            HeapExpansionMultiplier = 10,
            MaxArrayBufferAllocation = (ulong)_settings.MaxArrayBufferBytes,
        })
        {
            MaxHeapSize = (nuint)_settings.MaxHeapBytes,
            HeapSizeSampleInterval = HeapSampleInterval,
            HeapSizeViolationPolicy = V8RuntimeViolationPolicy.Interrupt,
            MaxStackUsage = (nuint)_settings.MaxStackBytes,
            EnableInterruptPropagation = true,
        };
        Scripts = new ScriptCache(_runtime);
    }

    private void Loop()
    {
        while (!_stopping && !_lost)
        {
            Turn();
            TurnEnded?.Invoke(this);
            if (_stopping || _lost || !_mailbox.IsEmpty || Timers.HasDue)
            {
                continue;
            }

            if (Chore is { } chore && chore())
            {
                continue;
            }

            Timers.Arm();
            _mailbox.Wait();
            Timers.Disarm();
        }
    }

    private void Turn()
    {
        while (!_stopping && !_lost && _mailbox.TryTake(out var item))
        {
            try
            {
                item.Run();
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                Services.Logger.WorkItemFailed(Name, e);
                item.Drop();
            }
        }

        if (Timers.HasDue)
        {
            foreach (var timer in Timers.TakeDue().TakeWhile(_ => !_stopping && !_lost))
            {
                ((V8Timer)timer).Fire();
            }
        }

        foreach (var sink in _written)
        {
            sink.Flush();
        }

        _written.Clear();
    }

    private bool HandleOutcome(V8Context context, Operation? operation, InterruptReason reason, Exception? error)
    {
        if (reason == InterruptReason.None && error is null)
        {
            return true;
        }

        var outOfMemory = error is ScriptEngineException { IsFatal: true } || (error is ScriptInterruptedException { IsFatal: true });
        if (_settings.SurvivesInterrupts && !outOfMemory && (reason != InterruptReason.None || error is ScriptInterruptedException))
        {
            operation?.Fail(operation.Interrupted(reason));
            return false;
        }

        if (!outOfMemory && reason == InterruptReason.None && error is not ScriptInterruptedException)
        {
            // Nothing of the user's leaves the trampoline; what arrives here is V8's own (a stack that is exhausted at the entry).
            operation?.Fail(new JavaScriptException(error!.Message, error));
            return false;
        }

        if (!outOfMemory && reason != InterruptReason.None && context.HasOwnQueue)
        {
            Services.Logger.ContextLost(operation?.Name ?? "", operation?.RequestId ?? "", reason.ToString(), Neighbours(context, operation));
            context.Lose(operation, operation?.Interrupted(reason) ?? Endings.Interrupted(reason, operation));
            return false;
        }

        var neighbours = _contexts.Sum(c => Neighbours(c, operation));
        if (outOfMemory)
        {
            Services.Logger.OutOfMemory(operation?.Name ?? "", operation?.RequestId ?? "", Name, neighbours);
            var ending = Endings.OutOfMemory(operation, _settings.MaxHeapBytes, error);
            OutOfMemory?.Invoke(ending);
            operation?.Fail(ending);
        }
        else
        {
            Services.Logger.Interrupted(operation?.Name ?? "", operation?.RequestId ?? "", reason.ToString(), Name, neighbours);
            operation?.Fail(operation.Interrupted(reason));
        }

        Lose(Endings.Neighbour(), quarantined: false);
        return false;
    }

    private static int Neighbours(V8Context context, Operation? operation) => context.Operations.Count(o => o is not StartupOperation && !ReferenceEquals(o, operation));

    private void Lose(Exception reason, bool quarantined)
    {
        if (Interlocked.Exchange(ref _lostOnce, 1) != 0)
        {
            return;
        }

        _lost = true;
        // What has not begun goes to another isolate.
        _mailbox.Close();
        Lost?.Invoke(this, quarantined);
        foreach (var operation in _contexts.ToArray().SelectMany(c => c.Operations.ToArray()))
        {
            operation.Fail(reason);
        }
    }

    private void TearDown()
    {
        _stopping = true;
        _lost = true;
        _mailbox.Close();
        Services.Watchdog.Remove(_slot);
        foreach (var context in _contexts.ToArray())
        {
            foreach (var operation in context.Operations.ToArray())
            {
                operation.Fail(new JsTerminatedException("The isolate was stopped."));
            }

            context.Dispose();
        }

        Scripts?.Dispose();

        _bare?.Dispose();
        _runtime?.Dispose();
        Image?.Release();
        Timers.Dispose();
        _started.TrySetCanceled();
        _ended.TrySetResult();
    }
}
