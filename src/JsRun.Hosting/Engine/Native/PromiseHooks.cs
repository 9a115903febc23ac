using System.Runtime.InteropServices;
using JsRun.Engine.Native.Binding;

namespace JsRun.Engine.Native;

/// <summary>
/// Keeps ClearScript's hook of promises away but for where it has something to do. It sets one for an isolate's whole life, and with any hook V8 leaves its fast paths for every promise and every <c>await</c>,
/// which then take three to five times as long. What the hook does, unless an engine has a <c>PromiseHook</c>, is to have microtasks run after tasks of V8's own that settle promises, like a WebAssembly
/// module that is compiled; so it is set while such tasks run.
/// </summary>
internal static unsafe class PromiseHooks
{
    public const string SetName = "_ZN2v87Isolate14SetPromiseHookEPFvNS_15PromiseHookTypeENS_5LocalINS_7PromiseEEENS2_INS_5ValueEEEE";
    public const string RunTasksName = "_ZN13V8IsolateImpl24ProcessCallWithLockQueueERSt5queueISt4pairIbSt8functionIFvPS_EEESt5dequeIS6_SaIS6_EEE";

    /// <summary>More than the object of an isolate and a list of its tasks have.</summary>
    private const int Enough = 4096;

    /// <summary><c>void Isolate::SetPromiseHook(PromiseHook)</c>.</summary>
    private static delegate* unmanaged<nint, nint, void> _set;

    /// <summary><c>void V8IsolateImpl::ProcessCallWithLockQueue(queue&amp;)</c>: runs and removes the tasks; with the isolate entered.</summary>
    private static delegate* unmanaged<nint, nint, void> _runTasks;

    public static void Bind(V8Library library)
    {
        _set = (delegate* unmanaged<nint, nint, void>)library.Take(SetName);
        _runTasks = (delegate* unmanaged<nint, nint, void>)library.Take(RunTasksName);
    }

    /// <summary>After the gate has let the library through.</summary>
    public static void Install(V8Library library)
    {
        // The loader resolves a slot with the first call through it, and there has not been a task yet. An empty list of tasks is all zero, and nothing else is read.
        var nothing = (byte*)NativeMemory.AllocZeroed(2 * Enough);
        ((delegate* unmanaged<byte*, byte*, void>)*(nint*)library.Module.JumpSlot(RunTasksName))(nothing, nothing + Enough);
        NativeMemory.Free(nothing);

        JumpSlot.Take(library.Module, library.Taken(RunTasksName), (nint)(delegate* unmanaged<nint, nint, void>)&OnRunTasks);
        JumpSlot.Take(library.Module, library.Taken(SetName), (nint)(delegate* unmanaged<nint, nint, void>)&OnSet);
    }

    [UnmanagedCallersOnly]
    private static void OnSet(nint isolate, nint hook)
    {
        if (NativeIsolates.Find(isolate) is { } known && hook != 0)
        {
            known.PromiseHook = hook;
        }
        else
        {
            _set(isolate, hook);
        }
    }

    [UnmanagedCallersOnly]
    private static void OnRunTasks(nint self, nint tasks)
    {
        var isolate = V8Isolates.GetCurrent();
        if (NativeIsolates.Find(isolate) is not { PromiseHook: not 0 } known)
        {
            _runTasks(self, tasks);
            return;
        }

        // Tasks may run others.
        if (known.RunningTasks++ == 0)
        {
            _set(isolate, known.PromiseHook);
        }

        _runTasks(self, tasks);
        if (--known.RunningTasks == 0)
        {
            _set(isolate, 0);
            try
            {
                known.TasksRan?.Invoke();
            }
            catch (Exception)
            {
                // Nothing may leave into V8. The microtasks run with the next entry.
            }
        }
    }
}
