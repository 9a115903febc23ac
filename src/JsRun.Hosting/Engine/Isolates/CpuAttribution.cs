using JsRun.Engine.Contexts;
using JsRun.Engine.Native;
using JsRun.Engine.Operations;
using JsRun.Limits;

namespace JsRun.Engine.Isolates;

/// <summary>
/// Samples which operation's code runs in an isolate, attributes CPU time to that operation, and interrupts only that operation (docs/adr/0015). V8 calls it where a script checks
/// for interrupts. All members are used on the isolate's thread.
/// </summary>
internal sealed class CpuAttribution
{
    private readonly V8Isolate _isolate;
    private readonly NativeIsolate _native;
    private readonly WatchSlot _slot;
    private V8Context? _context;
    private Operation? _operation;
    private LeftoverOperation? _leftover;
    private int _interruptedNumber;

    public CpuAttribution(V8Isolate isolate, NativeIsolate native, WatchSlot slot)
    {
        _isolate = isolate;
        _native = native;
        _slot = slot;
        native.Sample = Sample;
    }

    /// <summary>Gets whether the running operation was interrupted and the microtasks of the others were kept.</summary>
    public bool HasInterrupted { get; private set; }

    /// <summary>Gets whether the entry itself was interrupted, and not a microtask.</summary>
    public bool HasInterruptedEntry { get; private set; }

    /// <summary>Returns whether one of a context's operations can be ended without the others.</summary>
    public static bool CanAttribute(V8Context context) => context is { IsShared: true, CarriesFrames: true, HasOwnQueue: true };

    /// <summary>An entry is about to be made, and not from within another.</summary>
    /// <returns>On whose behalf, somebody in any case.</returns>
    public Operation Begin(V8Context context, Operation? operation)
    {
        _context = context;
        _leftover = operation as LeftoverOperation;
        HasInterrupted = HasInterruptedEntry = false;
        return _operation = operation ?? Leftover;
    }

    /// <summary>V8 has returned from it.</summary>
    public void End()
    {
        if (HasInterrupted)
        {
            _native.SuspendedMicrotasks.GiveBack();
        }

        _context = null;
    }

    /// <summary>Drops the microtasks of the interrupted operation. Called within the next entry, before its microtasks run.</summary>
    /// <returns>The number of the interrupted operation.</returns>
    public int Drop(V8Context context)
    {
        if (context.NativeContext is { } native)
        {
            _native.SuspendedMicrotasks.Drop(native, number => number == _interruptedNumber);
        }

        return _interruptedNumber;
    }

    private LeftoverOperation Leftover => _leftover ??= new LeftoverOperation(_context!.Operations.FirstOrDefault()?.Name ?? "") { CpuLimit = _context.Options.Limits.CpuTime };

    private void Sample(long entry)
    {
        try
        {
            // Not within an entry of another context's, nor one that has ended meanwhile: the slot knows the latter.
            if (_context is not { NativeContext: { } native } context || !ReferenceEquals(NativeContexts.Entered, native))
            {
                return;
            }

            var number = native.ReadOperation();
            var running = number == _operation!.Id ? _operation : Find(context, number);
            if (_slot.Sample(entry, running ?? Leftover, running is not null))
            {
                HasInterruptedEntry = !native.IsRunningMicrotasks;
                HasInterrupted = _native.SuspendedMicrotasks.Take(native);
                _interruptedNumber = number;
                _isolate.Entries.Attribute(running ?? Leftover);
                _isolate.Interrupt();
            }
        }
        catch (Exception e)
        {
            // No exception may reach V8. The watchdog interrupts without a sample.
            _isolate.Services.Logger.WorkItemFailed(_isolate.Name, e);
        }
    }

    // Code that a top level left running and code of interrupted operations has no caller. V8 still reports the previous operation's frame until the next entry sets its own.
    private static Operation? Find(V8Context context, int number) => context.FindOperation(number) is { } operation and not ({ IsInterrupted: true } or StartupOperation { Done.IsCompleted: true }) ? operation : null;
}
