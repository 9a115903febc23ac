using JsRun.Engine.Contexts;
using JsRun.Engine.Native;
using JsRun.Engine.Operations;
using JsRun.Limits;

namespace JsRun.Engine.Isolates;

/// <summary>
/// Finds out, from within the scripts of one isolate, whose code it is that runs, and ends only that: docs/adr/0015. V8 calls it where a script looks for interrupts; on the
/// isolate's thread, like all here.
/// </summary>
internal sealed class EntryLooks
{
    private readonly V8Isolate _isolate;
    private readonly NativeIsolate _native;
    private readonly WatchSlot _slot;
    private V8Context? _context;
    private Operation? _operation;
    private LeftoverOperation? _leftover;
    private int _cutNumber;

    public EntryLooks(V8Isolate isolate, NativeIsolate native, WatchSlot slot)
    {
        _isolate = isolate;
        _native = native;
        _slot = slot;
        native.Look = Look;
    }

    /// <summary>Whether what runs was ended, and what waited was kept.</summary>
    public bool HasCut { get; private set; }

    /// <summary>Whether it was no microtask that was ended, but what the host had entered for.</summary>
    public bool HasCutEntry { get; private set; }

    /// <summary>Whether one of a context's operations can be ended without the others.</summary>
    public static bool CanLookInto(V8Context context) => context is { IsShared: true, CarriesFrames: true, HasOwnQueue: true };

    /// <summary>An entry is about to be made, and not from within another.</summary>
    /// <returns>On whose behalf, somebody in any case.</returns>
    public Operation Begin(V8Context context, Operation? operation)
    {
        _context = context;
        _leftover = operation as LeftoverOperation;
        HasCut = HasCutEntry = false;
        return _operation = operation ?? Leftover;
    }

    /// <summary>V8 has returned from it.</summary>
    public void End()
    {
        if (HasCut)
        {
            _native.Refuge.GiveBack();
        }

        _context = null;
    }

    /// <summary>Drops what the culprit has queued. From within the entry that follows, before its microtasks.</summary>
    /// <returns>The culprit, as frames have it.</returns>
    public int Drop(V8Context context)
    {
        if (context.Beneath is { } beneath)
        {
            _native.Refuge.Drop(beneath, number => number == _cutNumber);
        }

        return _cutNumber;
    }

    private LeftoverOperation Leftover => _leftover ??= new LeftoverOperation(_context!.Operations.FirstOrDefault()?.Name ?? "") { CpuLimit = _context.Options.Limits.CpuTime };

    private void Look(long entry)
    {
        try
        {
            // Not within an entry of another context's, nor one that has ended meanwhile: the slot knows the latter.
            if (_context is not { Beneath: { } beneath } context || !ReferenceEquals(NativeContexts.Entered, beneath))
            {
                return;
            }

            var number = beneath.ReadOperation();
            var running = number == _operation!.Id ? _operation : Find(context, number);
            if (_slot.Look(entry, running ?? Leftover, running is not null))
            {
                HasCutEntry = !beneath.IsRunningMicrotasks;
                HasCut = _native.Refuge.Take(beneath);
                _cutNumber = number;
                _isolate.Entries.Blame(running ?? Leftover);
                _isolate.Interrupt();
            }
        }
        catch (Exception e)
        {
            // Nothing may leave into V8. The watchdog interrupts without looking.
            _isolate.Services.Logger.WorkItemFailed(_isolate.Name, e);
        }
    }

    // Nobody waits for an answer of what a top level left running, nor of what was cut: whose frame is also what V8 has before the next entry says on whose behalf it is.
    private static Operation? Find(V8Context context, int number) => context.FindOperation(number) is { } operation and not ({ IsCut: true } or StartupOperation { Done.IsCompleted: true }) ? operation : null;
}
