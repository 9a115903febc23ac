using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;
using JsRun.Engine.HostFunctions;
using JsRun.Engine.Native;
using JsRun.Engine.Operations;
using JsRun.Limits;
using Microsoft.ClearScript;

namespace JsRun.Engine.Isolates;

/// <summary>
/// The ways into an isolate's JavaScript, under the watchdog's eye, and what becomes of those that do not come back as they should. On the isolate's thread, except for the
/// interrupts, which any thread may ask for.
/// </summary>
internal sealed class IsolateEntries(V8Isolate isolate, WatchSlot slot, IsolateSettings settings)
{
    // Ending one runaway continuation can start another, recursively, on this thread's stack. A context has fewer leases than this.
    private const int MaxInterrupts = 64;

    // What a script can allocate between two checks of its heap.
    private const long Slack = 128L << 20;

    // No quicker can anybody pass the heap's limit, and reading its size takes time.
    private static readonly TimeSpan LeastToOutgrow = TimeSpan.FromMilliseconds(5);

    // An entry's number beyond this says on whose behalf it is: kernel/enter.ts.
    private const double OpsOfAnEntry = 256;

    private const string Logger = "the logger";

    private readonly object?[][] _arguments = [.. Enumerable.Range(0, 12).Select(n => new object?[n])];
    private readonly IRunJournal? _journal = isolate.Services.Journal;
    private readonly int _place = isolate.Services.Journal?.Reserve() ?? 0;
    private volatile Operation? _running;
    private volatile HostCode? _host;
    private int _depth;

    /// <summary>On whose behalf JavaScript was entered.</summary>
    public Operation? Running => _running;

    /// <summary>Finds out whose code runs, where the native layer can.</summary>
    public CpuAttribution? Attribution { get; set; }

    /// <summary>The code of the host's that JavaScript called last and that has not returned.</summary>
    public HostCode? Host => _host;

    /// <summary>Gets whether JavaScript runs now.</summary>
    public bool IsActive => slot.IsActive;

    /// <summary>Returns whether JavaScript has been running for that long without coming back.</summary>
    public bool IsBusyFor(TimeSpan duration) => slot.IsBusyFor(duration);

    /// <summary>JavaScript calls code of the host's, which cannot be interrupted: time spent there does not count as a script that does not stop.</summary>
    /// <param name="code">What it calls.</param>
    /// <param name="operation">On whose behalf, if that is known.</param>
    /// <returns>For <see cref="ReturnFromHost"/>.</returns>
    public HostCode? LeaveToHost(HostCode code, Operation? operation)
    {
        var outer = _host;
        _host = code;
        slot.LeaveToHost(operation);
        return outer;
    }

    public void ReturnFromHost(HostCode? outer)
    {
        slot.ReturnFromHost();
        _host = outer;
    }

    /// <summary>Interrupts JavaScript, if it runs on behalf of <paramref name="operation"/> now.</summary>
    /// <returns>Whether it does.</returns>
    public bool Interrupt(Operation operation, InterruptReason reason)
    {
        operation.CancelCalls();
        return slot.Interrupt(operation, reason);
    }

    /// <summary>Interrupts JavaScript on behalf of <paramref name="operation"/>, now and until <see cref="ClearInterrupt"/>.</summary>
    public void InterruptAlways(Operation operation, InterruptReason reason)
    {
        operation.CancelCalls();
        slot.InterruptAlways(operation, reason);
    }

    /// <summary>Withdraws <see cref="InterruptAlways"/>.</summary>
    public void ClearInterrupt(Operation operation) => slot.ClearInterrupt(operation);

    /// <summary>A sample found that the code that is interrupted belongs to this operation.</summary>
    public void Attribute(Operation operation) => Run(operation);

    private void Run(Operation? operation)
    {
        _running = operation;
        _journal?.Note(_place, operation);
    }

    /// <summary>Interrupts JavaScript, if it runs in <paramref name="context"/> now.</summary>
    public void Interrupt(V8Context context, InterruptReason reason)
    {
        if (_running is { } operation && ReferenceEquals(operation.Context, context))
        {
            Interrupt(operation, reason);
        }
    }

    /// <summary>Interrupts the evaluation of a top level, if it is one that runs now.</summary>
    public void InterruptStartup(string name, InterruptReason reason)
    {
        if (_running is StartupOperation operation && operation.Name == name)
        {
            Interrupt(operation, reason);
        }
    }

    /// <summary>Enters JavaScript under the watchdog's eye.</summary>
    public bool Enter(V8Context context, Operation? operation, EntryOp op, object?[] arguments)
    {
        var attribution = slot.IsActive || !CpuAttribution.CanAttribute(context) ? null : Attribution;
        // An interrupted operation may have no limit left, and nothing is entered for it but to let go of it.
        var account = operation is { IsInterrupted: true } ? null : operation;
        account = attribution is null ? account : attribution.Begin(context, account);
        var all = arguments.Length + 1 < _arguments.Length ? _arguments[arguments.Length + 1] : new object?[arguments.Length + 1];
        all[0] = context.CarriesFrames && account is not null ? (int)op + (OpsOfAnEntry * account.Id) : (int)op;
        arguments.CopyTo(all, 1);
        Exception? error = null;
        var outer = _running;
        Run(account);
        slot.Begin(account, attribution is not null);
        var outerContext = NativeContexts.Entered;
        NativeContexts.Entered = context.NativeContext;
        _depth++;
        try
        {
            error = context.Call(all);
        }
        catch (Exception e)
        {
            error = e;
        }
        finally
        {
            NativeContexts.Entered = outerContext;
            _depth--;
        }

        Array.Clear(all);
        Run(outer);
        var reason = slot.End(out var offender);
        attribution?.End();
        if (reason != InterruptReason.None && slot.IsActive && !slot.IsOuterInterrupted())
        {
            // It was the nested entry's own: what called the host goes on.
            context.CancelInterrupt();
        }

        if (attribution is { HasInterrupted: true } && offender is Operation interrupted && context.Fate.Interrupts < MaxInterrupts && !IsOutOfMemory(error) && !isolate.IsLost)
        {
            return EndInterrupted(context, operation, interrupted, reason, attribution.HasInterruptedEntry);
        }

        return HandleOutcome(context, attribution is null || reason == InterruptReason.None ? operation : offender as Operation, op, reason, error);
    }

    /// <summary>Runs host code that calls V8 outside of a context's trampoline, under the watchdog's eye.</summary>
    public T Guard<T>(Operation operation, Func<T> action)
    {
        slot.Begin(operation);
        try
        {
            return action();
        }
        finally
        {
            slot.End();
        }
    }

    /// <summary>An error of V8's outside of an entry, while a context was made: where the heap is exhausted the isolate is lost.</summary>
    /// <returns>The exception for its caller.</returns>
    public Exception LoseIfFatal(Exception error, string name)
    {
        if (error is not (ScriptEngineException { IsFatal: true } or ScriptInterruptedException))
        {
            return error is JsRunException ? error : new JavaScriptException(error.Message, error);
        }

        isolate.Services.Logger.NoRoomForContext(isolate.Name, isolate.Contexts.Sum(static c => Neighbours(c, null)));
        isolate.Lose(new JsIsolateLostException("The isolate's heap was exhausted, and this request was lost with it. It is safe to send it again if the request itself is."), quarantined: false);
        return new JsMemoryLimitException($"There is no room for '{name}' in the heap of its isolate: {settings.HeapKey} is {ByteText.Of(settings.MaxHeapBytes)}.", error);
    }

    private bool HandleOutcome(V8Context context, Operation? operation, EntryOp op, InterruptReason reason, Exception? error)
    {
        if (reason == InterruptReason.None && error is null)
        {
            return true;
        }

        var outOfMemory = IsOutOfMemory(error);
        if (settings.SurvivesInterrupts && !outOfMemory && (reason != InterruptReason.None || error is ScriptInterruptedException))
        {
            if (reason == InterruptReason.Leftover)
            {
                context.Tell(Logger, operation, () => isolate.Services.Logger.LeftoverInterrupted(operation?.Name ?? "", isolate.Name, operation?.TurnLimit ?? TimeSpan.Zero));
            }

            operation?.Fail(operation.Interrupted(reason));
            return false;
        }

        if (!outOfMemory && reason == InterruptReason.None && error is not ScriptInterruptedException)
        {
            // Nothing of the user's leaves the trampoline; what arrives here is V8's own, or the kernel's: mostly a stack that is exhausted at the entry, as host and script call each other.
            if (operation is not null && Begins(op))
            {
                operation.Fail(Endings.Of(error!));
            }
            else
            {
                UncaughtErrors.Report(context, ReportKind.Error, Endings.Of(error!));
            }

            return error is JavaScriptException;
        }

        if (!outOfMemory && reason != InterruptReason.None && context.HasOwnQueue)
        {
            context.Tell(Logger, operation, () => isolate.Services.Logger.ContextLost(operation?.Name ?? "", operation?.RequestId ?? "", reason.ToString(), Neighbours(context, operation)));
            context.Fate.Lose(operation, operation?.Interrupted(reason) ?? Endings.Interrupted(reason, operation));
            return false;
        }

        var neighbours = isolate.Contexts.Sum(c => Neighbours(c, operation));
        if (outOfMemory)
        {
            if (settings.SurvivesInterrupts)
            {
                context.Tell(Logger, operation, () => isolate.Services.Logger.RuntimeOutOfMemory(operation?.Name ?? "", isolate.Name, settings.MaxHeapBytes));
            }
            else if (operation is null or StartupOperation)
            {
                // It may have been others that filled the heap: nobody's request is to be accused.
                isolate.Services.Logger.NoRoomForContext(isolate.Name, neighbours);
            }
            else
            {
                context.Tell(Logger, operation, () => isolate.Services.Logger.OutOfMemory(operation.Name, operation.RequestId, isolate.Name, neighbours));
            }

            var ending = Endings.OutOfMemory(operation, settings, error);
            isolate.OutOfMemory?.Invoke(ending);
            operation?.Fail(ending);
            context.Fate.FailOthers(operation, ending);
        }
        else
        {
            context.Tell(Logger, operation, () => isolate.Services.Logger.Interrupted(operation?.Name ?? "", operation?.RequestId ?? "", reason.ToString(), isolate.Name, neighbours));
            var ending = operation?.Interrupted(reason) ?? Endings.Interrupted(reason, operation);
            operation?.Fail(ending);
            context.Fate.FailOthers(operation, ending);
        }

        isolate.Lose(Endings.Neighbour(), quarantined: false);
        return false;
    }

    // What an operation waits for: nothing else would tell it.
    private static bool Begins(EntryOp op) => op is EntryOp.EvaluateModule or EntryOp.ImportModule or EntryOp.HandleRequest or EntryOp.Evaluate or EntryOp.EvaluateValue or EntryOp.CallFunction
        or EntryOp.Bind or EntryOp.RegisterOp or EntryOp.StreamRead;

    /// <summary>Returns whether what runs has passed a limit of memory that only shows afterwards: it has no outcome then, and <see cref="EndOutgrown"/> follows when its turn has ended.</summary>
    public bool HasOutgrown(V8Context context)
    {
        if (_depth > 1)
        {
            // What called the host waits for it.
            return false;
        }

        if (!context.Memory.HasOutgrown && slot.WasBusyFor(LeastToOutgrow) && isolate.UsedHeapBytes > MostOfABuiltin)
        {
            context.Memory.OutgrowHeap();
        }

        return context.Memory.HasOutgrown;
    }

    // V8 collects lazily, and the limit is checked every 50 ms. A heap this far beyond the limit was filled by builtins, which are not interrupted.
    private long MostOfABuiltin => (2 * settings.MaxHeapBytes) + Slack;

    /// <summary>A context was found past a limit of memory when its turn had ended.</summary>
    /// <param name="context">The context.</param>
    /// <param name="operation">On whose behalf its turn was.</param>
    public void EndOutgrown(V8Context context, Operation? operation)
    {
        var ending = context.Memory.HasOutgrownHeap ? Endings.OutOfMemory(operation, settings) : Endings.BuffersOutgrown(operation, settings);
        if (!settings.SurvivesInterrupts && context.HasOwnQueue)
        {
            context.Tell(Logger, operation, () => isolate.Services.Logger.ContextLost(operation?.Name ?? "", operation?.RequestId ?? "", ending.Message, Neighbours(context, operation)));
            context.Fate.Lose(operation, ending);
            return;
        }

        var neighbours = isolate.Contexts.Sum(c => Neighbours(c, operation));
        context.Tell(Logger, operation, () => isolate.Services.Logger.Outgrown(operation?.Name ?? "", operation?.RequestId ?? "", isolate.Name, ending.Message, neighbours));
        isolate.OutOfMemory?.Invoke(ending);
        operation?.Fail(ending);
        context.Fate.FailOthers(operation, ending);
        isolate.Lose(Endings.Neighbour(), quarantined: false);
    }

    private static bool IsOutOfMemory(Exception? error) => error is ScriptEngineException { IsFatal: true } or ScriptInterruptedException { IsFatal: true };

    // Only the interrupted operation fails; its context is disposed of after its other operations end.
    private bool EndInterrupted(V8Context context, Operation? operation, Operation offender, InterruptReason reason, bool hasInterruptedEntry)
    {
        context.Tell(Logger, offender, () => isolate.Services.Logger.OperationInterrupted(offender.Name, offender.RequestId, reason.ToString(), Neighbours(context, offender)));
        var isInnocent = !ReferenceEquals(offender, operation);
        if (isInnocent && hasInterruptedEntry)
        {
            // What the host had to tell it was told by half.
            operation?.Fail(Endings.Neighbour());
        }

        context.Fate.EndInterrupted(offender, reason);
        return isInnocent && !hasInterruptedEntry;
    }

    private static int Neighbours(V8Context context, Operation? operation) => context.Operations.Count(o => o is not StartupOperation and { IsOver: false } && !ReferenceEquals(o, operation));
}
