using JsRun.Engine.Native.Handles;

namespace JsRun.Engine.Native.Binding;

/// <summary>The functions of V8 that sample which operation runs and keep its waiting microtasks.</summary>
internal sealed unsafe class V8Microtasks
{
    /// <summary><c>void Isolate::RequestInterrupt(callback, data)</c>: from any thread; the callback runs where the script next checks for interrupts, on its thread.</summary>
    public delegate* unmanaged<IsolatePtr, delegate* unmanaged<IsolatePtr, nint, void>, nint, void> RequestInterrupt { get; }

    /// <summary><c>MicrotaskQueue* Context::GetMicrotaskQueue()</c>.</summary>
    public delegate* unmanaged<ContextHandle, QueuePtr> QueueOf { get; }

    /// <summary><c>bool MicrotaskQueue::IsRunningMicrotasks()</c>.</summary>
    public delegate* unmanaged<QueuePtr, byte> IsRunning { get; }

    /// <summary>The offset of the ring of a queue: places of 8 bytes, as V8 itself tells its own builtins.</summary>
    public int Size { get; }

    public int Capacity { get; }

    public int Start { get; }

    public int Ring { get; }

    public V8Microtasks(V8Library library)
    {
        RequestInterrupt = (delegate* unmanaged<IsolatePtr, delegate* unmanaged<IsolatePtr, nint, void>, nint, void>)library.Take("_ZN2v87Isolate16RequestInterruptEPFvPS0_PvES2_");
        QueueOf = (delegate* unmanaged<ContextHandle, QueuePtr>)library.Take("_ZN2v87Context17GetMicrotaskQueueEv");
        IsRunning = (delegate* unmanaged<QueuePtr, byte>)library.Take("_ZNK2v88internal14MicrotaskQueue19IsRunningMicrotasksEv");
        Size = library.TakeNumber("_ZN2v88internal14MicrotaskQueue11kSizeOffsetE");
        Capacity = library.TakeNumber("_ZN2v88internal14MicrotaskQueue15kCapacityOffsetE");
        Start = library.TakeNumber("_ZN2v88internal14MicrotaskQueue12kStartOffsetE");
        Ring = library.TakeNumber("_ZN2v88internal14MicrotaskQueue17kRingBufferOffsetE");
    }
}
