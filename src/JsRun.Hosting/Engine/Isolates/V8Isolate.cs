using JsRun.Diagnostics;
using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;
using JsRun.Engine.Native;
using JsRun.Engine.Operations;
using JsRun.Engine.Scripts;
using JsRun.Limits;
using JsRun.Scheduling;
using JsRun.Streams;
using Microsoft.ClearScript.V8;

namespace JsRun.Engine.Isolates;

/// <summary>
/// One V8 heap on a thread of its own. A turn of its loop: drain the mailbox, run due timers, flush what was written, do chores, park. Contexts live and die on that thread.
/// </summary>
internal sealed class V8Isolate : IInterruptible, IDisposable
{
    // JavaScript gets MaxStackBytes of it; the rest is for what is called beneath.
    private const int ThreadStackBytes = 4 * 1024 * 1024;
    private const int OldSpaceMebibytes = 64 << 10;

    // The same as for the disposal of a runtime.
    private static readonly TimeSpan HostPatience = TimeSpan.FromSeconds(10);

    // Garbage of disposed contexts is collected only beyond this size, or beyond this part of the heap's limit: each full garbage collection marks the whole live heap.
    private const long MostGarbage = 32 << 20;
    private const int GarbageShare = 4;

    // The buffers through which bytes cross, which no script has asked for: 64 KiB for a context that uses one.
    private const long BuffersOfTheHost = 512 << 10;

    private static readonly TimeSpan HeapSampleInterval = TimeSpan.FromMilliseconds(50);

    private readonly IsolateSettings _settings;
    private readonly EventLoop _loop;
    private readonly WatchSlot _slot;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<V8Context> _contexts = [];
    private V8Runtime _runtime = null!;
    private NativeIsolate? _native;
    private volatile bool _lost;
    private volatile bool _quarantined;
    private int _threadId;
    private int _lostOnce;

    static V8Isolate() => EngineFlags.Apply();

    public V8Isolate(IsolateSettings settings, IsolateServices services)
    {
        _settings = settings;
        Services = services;
        _loop = new EventLoop(this);
        _slot = services.Watchdog.Add(this);
        Entries = new IsolateEntries(this, _slot, settings);
        _thread = new Thread(Run, ThreadStackBytes) { IsBackground = true, Name = settings.Name };
    }

    public string Name => _settings.Name;

    public IsolateServices Services { get; }

    public TimerQueue Timers => _loop.Timers;

    /// <summary>The ways into its JavaScript.</summary>
    public IsolateEntries Entries { get; }

    /// <summary>Gets whether it can no longer be entered: it was interrupted, or ran out of memory, or its thread failed.</summary>
    public bool IsLost => _lost;

    /// <summary>Gets whether it has ended as it was told to.</summary>
    public bool WasStopped => _lost && _lostOnce == 0;

    /// <summary>Messages that wait.</summary>
    public int Backlog => _loop.Backlog;

    /// <summary>Ends when the thread has ended and V8's heap is freed, or when both had to be abandoned.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Raised on the isolate's thread, or the watchdog's, once, when it is lost.</summary>
    public Action<V8Isolate, bool>? Lost { get; set; }

    /// <summary>Called on the isolate's thread when that has ended after all, though it had been abandoned.</summary>
    public Action<V8Isolate>? Recovered { get; set; }

    /// <summary>Called on the isolate's thread when its heap is exhausted, before anybody else is told.</summary>
    public Action<JsMemoryLimitException>? OutOfMemory { get; set; }

    /// <summary>Called on the isolate's thread at the end of every turn.</summary>
    public Action<V8Isolate>? TurnEnded { get; set; }

    /// <summary>Called on the isolate's thread when nothing else is to do; says whether it did something and may have more.</summary>
    public Func<bool>? Chore { get; set; }

    public IReadOnlyList<V8Context> Contexts => _contexts;

    public Task StartAsync()
    {
        // Without the execution context of the first caller that needs an isolate.
        _thread.UnsafeStart();
        return _started.Task;
    }

    public void Post(IWorkItem item) => _loop.Post(item);

    /// <summary>Gets whether the caller runs on the isolate's thread.</summary>
    public bool IsOwnThread => Environment.CurrentManagedThreadId == _threadId;

    /// <summary>Ends the thread: after what it runs, or by interrupting that.</summary>
    public Task StopAsync(bool interrupt)
    {
        if (interrupt)
        {
            Inspector?.Close();
            _slot.InterruptAll(InterruptReason.Stopping);
        }

        _loop.Stop();
        return _ended.Task;
    }

    /// <summary>The heap image that its contexts come from, where it has one.</summary>
    public IsolateImage? Image => _settings.Image;

    /// <param name="options">What the context is told.</param>
    /// <param name="index">Which of the image's contexts it is; without an image there is only the default.</param>
    /// <param name="isShared">Whether operations that know nothing of each other run in it.</param>
    public V8Context CreateContext(ContextOptions options, int index = NativeContexts.Default, bool isShared = false)
    {
        var engine = Engines.CreateFor(index);
        try
        {
            var context = new V8Context(this, engine, options, isShared);
            _contexts.Add(context);
            return context;
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    /// <summary>What a WeakRef was asked for may be collected before the turn has ended, where the native layer is used.</summary>
    public void ClearKeptObjects() => _native?.ClearKeptObjects();

    /// <summary>V8's heap in use, garbage included, in bytes. On the isolate's thread.</summary>
    public long UsedHeapBytes => (long)_runtime.GetHeapInfo().UsedHeapSize;

    /// <summary>Has V8 collect all garbage that it can. On the isolate's thread.</summary>
    public void CollectGarbage() => _runtime.CollectGarbage(exhaustive: true);

    public long MaxHeapBytes => _settings.MaxHeapBytes;

    public void DisposeContext(V8Context context)
    {
        if (!_contexts.Remove(context))
        {
            return;
        }

        context.Dispose();
        if (context.Memory.HasOutgrown && !_lost)
        {
            // What it held is worth the time, and V8 may not know of it.
            _native?.ClearKeptObjects();
            _runtime.CollectGarbage(exhaustive: true);
        }
    }

    /// <summary>Through what it runs JavaScript. On its thread.</summary>
    public IsolateEngines Engines { get; private set; } = null!;

    /// <summary>Its debuggers, if there may be any. Set before it has started.</summary>
    public IsolateInspector? Inspector { get; private set; }

    /// <summary>The isolate's compiled scripts. On its thread.</summary>
    public ScriptCache Scripts { get; private set; } = null!;

    /// <summary>Looks at the heap. On its thread.</summary>
    public HeapSample ReadHeap()
    {
        var heap = _runtime.GetHeapInfo();
        return new HeapSample((long)heap.TotalHeapSize, (long)heap.UsedHeapSize, (long)heap.TotalExternalSize, (long)heap.TotalPhysicalSize);
    }

    public void FlushAtEndOfTurn(ByteSink sink) => _loop.FlushAtEndOfTurn(sink);

    /// <summary>Ends the thread, which frees everything.</summary>
    public void Dispose() => _ = StopAsync(interrupt: true);

    void IInterruptible.RequestSample(long entry) => _native!.RequestSample(entry);

    void IInterruptible.Interrupt()
    {
        Entries.Running?.CancelCalls();
        Interrupt();
    }

    /// <summary>Has V8 end what runs. While something does.</summary>
    public void Interrupt()
    {
        // Any context's interrupt stops the whole isolate. The list may change meanwhile only when nothing runs.
        var contexts = _contexts;
        if (contexts.Count > 0)
        {
            contexts[0].Interrupt();
        }
        else
        {
            Engines.Interrupt();
        }
    }

    void IInterruptible.Evict() => _loop.Evict();

    TimeSpan IInterruptible.HostPatience => HostPatience;

    void IInterruptible.Blocked(CpuAccount account, InterruptReason reason) => (account as Operation)?.Blocked(reason);

    bool IInterruptible.WarnBlocked(TimeSpan time)
    {
        var waiting = Backlog;
        if (waiting == 0 || Entries.Host is not { } host)
        {
            return false;
        }

        Services.Logger.HostBlocks(host.Name, Name, time.TotalSeconds, waiting);
        return true;
    }

    void IInterruptible.Quarantine()
    {
        Services.Watchdog.Remove(_slot);
        var offender = Entries.Running;
        Services.Logger.Quarantined(Name, offender?.Name ?? "?", offender?.RequestId ?? "");
        if (offender is not null)
        {
            var ending = new JsTimeoutException($"The script of '{offender.Name}' does not stop: its thread was abandoned.");
            offender.Context?.Fate.Ending?.Invoke(ending);
            offender.Fail(ending);
        }

        _quarantined = true;
        Lose(Endings.Neighbour(), quarantined: true);
        // The tasks that wait for the end must complete.
        _ended.TrySetResult();
    }

    private void Run()
    {
        try
        {
            _threadId = Environment.CurrentManagedThreadId;
            SynchronizationContext.SetSynchronizationContext(new PoolSynchronizationContext());
            _slot.Attach();
            ProcessEnd.Add(_slot);
            CreateRuntime();
            _started.SetResult();
            _loop.Run();
        }
        catch (Exception e)
        {
            Fail(e);
        }

        try
        {
            TearDown();
        }
        catch (Exception e)
        {
            // What leaves a thread ends the process.
            Services.Logger.IsolateFailed(Name, e);
            _started.TrySetCanceled();
            _ended.TrySetResult();
        }

        ProcessEnd.Remove(_slot);
    }

    private void Fail(Exception error)
    {
        if (error is PlatformNotSupportedException missing)
        {
            Services.LibraryFailure = missing;
        }

        if (_started.TrySetException(error))
        {
            return;
        }

        Services.Logger.IsolateFailed(Name, error);
        try
        {
            Lose(new JsIsolateLostException($"The isolate '{Name}' failed: {ExceptionText.MessageOf(error)}", error), quarantined: false);
        }
        catch (Exception e)
        {
            // The pool, or an operation, could not take it: the thread ends all the same.
            Services.Logger.IsolateFailed(Name, e);
        }
    }

    private void CreateRuntime()
    {
        using var scope = Services.Native.Any ? NativeIsolates.From(Image?.Memory, Math.Min(MostGarbage, _settings.MaxHeapBytes / GarbageShare)) : null;
        _runtime = EngineLibrary.Use(() => new V8Runtime(Name, new V8RuntimeConstraints
        {
            // Never V8's own limit, at which it aborts the process: the monitor's is MaxHeapBytes (docs/adr/0014).
            MaxOldSpaceSize = OldSpaceMebibytes,
            MaxArrayBufferAllocation = (ulong)(_settings.MaxArrayBufferBytes + BuffersOfTheHost),
        })
        {
            MaxHeapSize = (nuint)_settings.MaxHeapBytes,
            HeapSizeSampleInterval = HeapSampleInterval,
            HeapSizeViolationPolicy = V8RuntimeViolationPolicy.Interrupt,
            MaxStackUsage = (nuint)_settings.MaxStackBytes,
            EnableInterruptPropagation = true,
        });
        _native = scope?.Isolate;
        Entries.Attribution = _native is not null && Services.Native.SelectiveInterrupts ? new CpuAttribution(this, _native, _slot) : null;
        Scripts = new ScriptCache(_runtime);
        Engines = new IsolateEngines(_runtime, _native, _settings, Services.Native, Scripts);
        if (_settings.IsInspected && _native is not null && Engines.Home is { } home)
        {
            Inspector = new IsolateInspector(this, _native, home, _slot);
        }

        if (_native is not null)
        {
            _native.TasksRan = () => Post(new ActionItem(RunMicrotasks, static () => { }));
        }
    }

    /// <summary>Runs what waits in the contexts' queues of microtasks: ClearScript looks after those of its engines' own contexts only. On the isolate's thread.</summary>
    public void RunMicrotasks()
    {
        foreach (var context in _contexts.Where(static c => c.NativeContext is { HasMicrotasks: true }).ToArray())
        {
            context.Enter(new LeftoverOperation(Name) { CpuLimit = context.Options.Limits.CpuTime, TurnLimit = context.TurnLimit }, EntryOp.PromisesRejected, 0);
        }
    }

    /// <summary>It can no longer be entered. Its operations fail with <paramref name="reason"/>; only the first call counts.</summary>
    public void Lose(Exception reason, bool quarantined)
    {
        if (Interlocked.Exchange(ref _lostOnce, 1) != 0)
        {
            return;
        }

        _lost = true;
        // What has not begun goes to another isolate.
        _loop.Close();
        Lost?.Invoke(this, quarantined);
        foreach (var operation in _contexts.ToArray().SelectMany(c => c.Operations.ToArray()))
        {
            operation.Fail(reason);
        }
    }

    private void TearDown()
    {
        _lost = true;
        _loop.Close();
        Services.Watchdog.Remove(_slot);
        foreach (var context in _contexts.ToArray())
        {
            foreach (var operation in context.Operations.ToArray())
            {
                operation.Fail(new JsTerminatedException("The isolate was stopped."));
            }

            context.Dispose();
        }

        Inspector?.End();
        Scripts?.Dispose();
        Engines?.Dispose();
        _runtime?.Dispose();
        Image?.Release();
        Timers.Dispose();
        _started.TrySetCanceled();
        _ended.TrySetResult();
        if (_quarantined)
        {
            Services.Logger.Recovered(Name);
            Recovered?.Invoke(this);
        }
    }
}
