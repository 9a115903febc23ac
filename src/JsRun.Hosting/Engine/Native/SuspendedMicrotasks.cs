using JsRun.Engine.Native.Binding;
using JsRun.Engine.Native.Handles;

namespace JsRun.Engine.Native;

/// <summary>
/// Keeps the microtasks of a context while the running one is interrupted, because V8 discards the queue of an interrupted microtask. One per isolate, used on its thread. The order is
/// <see cref="Take"/>, from within the script; <see cref="GiveBack"/>, when V8 has returned; <see cref="Drop"/>, in the host call of the entry that follows.
/// </summary>
internal sealed unsafe class SuspendedMicrotasks(V8Api v8, IsolatePtr isolate)
{
    // A queue of V8's, so that V8's garbage collector sees what is in it; of those that never run by themselves.
    private readonly QueuePtr _queue = NativeContext.AllocateQueue(v8, isolate, MicrotasksPolicy.Explicit);
    private NativeContext? _guest;

    /// <summary>Has what waits in the context's queue, and whatever is queued from now on, wait here: the queue runs dry.</summary>
    /// <returns>Whether it does.</returns>
    public bool Take(NativeContext context)
    {
        var place = context.QueuePlace;
        if (_guest is not null || place == null || *place != context.Queue || new MicrotaskRing(v8, _queue).Size != 0)
        {
            return false;
        }

        new MicrotaskRing(v8, _queue).Exchange(new MicrotaskRing(v8, context.Queue));
        *place = _queue;
        _guest = context;
        return true;
    }

    /// <summary>Gives back what was taken. No script runs.</summary>
    public void GiveBack()
    {
        if (_guest is not { } context)
        {
            return;
        }

        _guest = null;
        new MicrotaskRing(v8, _queue).Exchange(new MicrotaskRing(v8, context.Queue));
        new MicrotaskRing(v8, _queue).Size = 0;
        var place = context.QueuePlace;
        if (place != null)
        {
            *place = context.Queue;
        }
    }

    /// <summary>Drops what waits in a context on behalf of operations that have ended. From within a host call that no microtask makes.</summary>
    /// <param name="context">The context.</param>
    /// <param name="isOver">Whether an operation, by its number, has; 0 for none.</param>
    public void Drop(NativeContext context, Func<int, bool> isOver)
    {
        var ring = new MicrotaskRing(v8, context.Queue);
        // Few frames stand in many microtasks. Nothing is allocated in V8's heap meanwhile, so they stay where they are.
        Dictionary<TaggedAddress, bool> known = [];
        nint kept = 0;
        for (nint i = 0; i < ring.Size; i++)
        {
            var task = ring[i];
            var frame = *(TaggedAddress*)(task.Address + V8Layout.MicrotaskFrame);
            if (!known.TryGetValue(frame, out var over))
            {
                known.Add(frame, over = isOver(context.ReadOperation(frame)));
            }

            if (!over)
            {
                ring[kept++] = task;
            }
        }

        ring.Size = kept;
    }

    /// <summary>V8 has freed the isolate.</summary>
    public void Freed() => v8.Contexts.DeleteQueue(_queue);
}
