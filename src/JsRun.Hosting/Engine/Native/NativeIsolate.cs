namespace JsRun.Engine.Native;

/// <summary>What belongs to one of V8's isolates beneath ClearScript, and goes when V8 has freed it.</summary>
internal sealed class NativeIsolate(nint handle, ImageMemory? image)
{
    private readonly List<ContextQueue> _queues = [];
    private nint _limbo;

    public nint Handle { get; } = handle;

    /// <summary>Whether its contexts may come from an image.</summary>
    public bool HasImage => image is not null;

    /// <summary>A queue for the context to be made. With the isolate entered.</summary>
    public ContextQueue CreateQueue()
    {
        var queue = new ContextQueue(Handle);
        _queues.Add(queue);
        return queue;
    }

    public void Forget(ContextQueue queue)
    {
        _queues.Remove(queue);
        queue.Delete();
    }

    /// <summary>Frees the queues of contexts that were disposed of. With the isolate entered and no context, as V8 asks for.</summary>
    public void Sweep()
    {
        for (var i = _queues.Count - 1; i >= 0; i--)
        {
            var queue = _queues[i];
            if (!queue.IsAbandoned)
            {
                continue;
            }

            if (_limbo == 0)
            {
                // Whatever a dead context still wants done is never done.
                _limbo = ContextQueue.Allocate(Handle, MicrotasksPolicy.Explicit);
            }

            queue.Detach(_limbo);
            _queues.RemoveAt(i);
            queue.Delete();
        }
    }

    /// <summary>V8 has freed the isolate.</summary>
    public unsafe void Freed()
    {
        _queues.ForEach(static q => q.Delete());
        _queues.Clear();
        if (_limbo != 0)
        {
            V8Contexts.DeleteQueue(_limbo);
        }

        image?.Release();
    }
}
