using JsRun.Engine.Native.Binding;
using JsRun.Engine.Native.Handles;
using JsRun.Engine.Native.Images;
using JsRun.Engine.Native.Inspection;

namespace JsRun.Engine.Native;

/// <summary>What belongs to one of V8's isolates beneath ClearScript, and goes when V8 has freed it.</summary>
internal sealed class NativeIsolate(V8Api v8, IsolatePtr handle, ImageMemory? image, bool letsGarbageLie)
{
    private readonly List<NativeContext> _contexts = [];
    private QueuePtr _detachedQueue;
    private SuspendedMicrotasks? _suspendedMicrotasks;

    public V8Api V8 { get; } = v8;

    public IsolatePtr Handle { get; } = handle;

    /// <summary>ClearScript's hook of promises, which V8 has only while tasks run (<see cref="PromiseHooks"/>).</summary>
    public PromiseHookPtr PromiseHook { get; set; }

    /// <summary>The depth to which tasks have run others.</summary>
    public int RunningTasks { get; set; }

    /// <summary>Called when tasks of V8's own have run, on whatever thread that was: promises may have been settled outside of any entry.</summary>
    public Action? TasksRan { get; set; }

    /// <summary>Gets whether its contexts may come from an image.</summary>
    public bool HasImage => image is not null;

    /// <summary>Called on the isolate's thread from within a script, with the number of the requested sample.</summary>
    public Action<long>? Sample { get; set; }

    /// <summary>Called on the isolate's thread from within a script after <see cref="RequestInspection"/>.</summary>
    public Action? Inspection { get; set; }

    /// <summary>V8's inspector, if debuggers may attach. Contexts that are made or go away are announced to it.</summary>
    public NativeInspector? Inspector { get; set; }

    /// <summary>The queue in which microtasks wait while one is ended; made when first used, with the isolate entered.</summary>
    public SuspendedMicrotasks SuspendedMicrotasks => _suspendedMicrotasks ??= new SuspendedMicrotasks(V8, Handle);

    /// <summary>Has <see cref="Sample"/> called as soon as the running script checks for interrupts. From any thread, while one runs.</summary>
    public unsafe void RequestSample(long number) => V8.Microtasks.RequestInterrupt(Handle, NativeIsolates.SampleCallback, (nint)number);

    /// <summary>Has <see cref="Inspection"/> called as soon as the running script checks for interrupts. From any thread, while the isolate lives.</summary>
    public unsafe void RequestInspection() => V8.Microtasks.RequestInterrupt(Handle, NativeIsolates.InspectionCallback, 0);

    /// <summary>Finds the context that was made last of those that are entered, or null. With the isolate entered.</summary>
    public ContextHandle FindLastContext() => _contexts.FindLast(static c => !c.IsAbandoned && !c.Local.IsNull)?.Local ?? default;

    /// <summary>What a WeakRef was asked for may be collected at once. With the isolate entered.</summary>
    public unsafe void ClearKeptObjects() => V8.Isolates.ClearKeptObjects(Handle);

    /// <summary>What the context to be made has of its own. With the isolate entered.</summary>
    public NativeContext CreateContext(bool ownQueue)
    {
        var context = new NativeContext(V8, Handle, ownQueue);
        _contexts.Add(context);
        return context;
    }

    /// <summary>V8 did not make the context.</summary>
    public void Forget(NativeContext context)
    {
        _contexts.Remove(context);
        context.Delete();
    }

    /// <summary>Frees what belonged to contexts that were disposed of. With the isolate entered.</summary>
    public unsafe void Sweep()
    {
        var before = _contexts.Count;
        for (var i = _contexts.Count - 1; i >= 0; i--)
        {
            var context = _contexts[i];
            if (!context.IsAbandoned)
            {
                continue;
            }

            if (_detachedQueue.IsNull)
            {
                // Whatever a dead context still wants done is never done.
                _detachedQueue = NativeContext.AllocateQueue(V8, Handle, MicrotasksPolicy.Explicit);
            }

            if (Inspector is { } inspector && context.Local is { IsNull: false } local)
            {
                inspector.RetireContext(V8.Isolates.Globalize(Handle, local.Target));
            }

            context.Detach(_detachedQueue);
            _contexts.RemoveAt(i);
            context.Delete();
        }

        if (letsGarbageLie && _contexts.Count < before)
        {
            // Nothing that lives depends on them: V8 then begins anew with the size that the isolate was given, where it would collect a heap of whole dead contexts every eight megabytes.
            V8.Contexts.Disposed(Handle, 0);
        }
    }

    /// <summary>V8 has freed the isolate.</summary>
    public unsafe void Freed()
    {
        _contexts.ForEach(static c => c.Delete());
        _contexts.Clear();
        if (!_detachedQueue.IsNull)
        {
            V8.Contexts.DeleteQueue(_detachedQueue);
        }

        _suspendedMicrotasks?.Freed();
        image?.Release();
    }
}
