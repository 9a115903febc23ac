namespace JsRun.Engine.Native.Binding;

/// <summary>The functions of V8 that sample which operation runs and keep its waiting microtasks. Bound by <see cref="V8Gate"/>.</summary>
internal static unsafe class V8Microtasks
{
    /// <summary><c>void Isolate::RequestInterrupt(callback, data)</c>: from any thread; the callback runs where the script next checks for interrupts, on its thread.</summary>
    public static delegate* unmanaged<nint, delegate* unmanaged<nint, nint, void>, nint, void> RequestInterrupt { get; private set; }

    /// <summary><c>MicrotaskQueue* Context::GetMicrotaskQueue()</c>.</summary>
    public static delegate* unmanaged<nint, nint> QueueOf { get; private set; }

    /// <summary><c>bool MicrotaskQueue::IsRunningMicrotasks()</c>.</summary>
    public static delegate* unmanaged<nint, byte> IsRunning { get; private set; }

    /// <summary>Where a queue has its ring: places of 8 bytes, as V8 itself tells its own builtins.</summary>
    public static int Size { get; private set; }

    public static int Capacity { get; private set; }

    public static int Start { get; private set; }

    public static int Ring { get; private set; }

    public static void Bind(V8Library library)
    {
        RequestInterrupt = (delegate* unmanaged<nint, delegate* unmanaged<nint, nint, void>, nint, void>)library.Take("_ZN2v87Isolate16RequestInterruptEPFvPS0_PvES2_");
        QueueOf = (delegate* unmanaged<nint, nint>)library.Take("_ZN2v87Context17GetMicrotaskQueueEv");
        IsRunning = (delegate* unmanaged<nint, byte>)library.Take("_ZNK2v88internal14MicrotaskQueue19IsRunningMicrotasksEv");
        Size = library.TakeNumber("_ZN2v88internal14MicrotaskQueue11kSizeOffsetE");
        Capacity = library.TakeNumber("_ZN2v88internal14MicrotaskQueue15kCapacityOffsetE");
        Start = library.TakeNumber("_ZN2v88internal14MicrotaskQueue12kStartOffsetE");
        Ring = library.TakeNumber("_ZN2v88internal14MicrotaskQueue17kRingBufferOffsetE");
    }
}
