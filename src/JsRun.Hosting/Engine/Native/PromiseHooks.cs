using System.Runtime.InteropServices;
using JsRun.Engine.Native.Binding;
using JsRun.Engine.Native.Handles;

namespace JsRun.Engine.Native;

/// <summary>
/// Keeps ClearScript's hook of promises away but for where it has something to do. It sets one for an isolate's whole life, and with any hook V8 leaves its fast paths for every promise and every <c>await</c>,
/// which then take three to five times as long. What the hook does, unless an engine has a <c>PromiseHook</c>, is to have microtasks run after tasks of V8's own that settle promises, like a WebAssembly
/// module that is compiled; so it is set while such tasks run.
/// </summary>
internal static unsafe class PromiseHooks
{
    /// <summary>More than the object of an isolate and a list of its tasks have.</summary>
    private const int Enough = 4096;

    /// <summary>After the gate has let the library through.</summary>
    public static void Install(V8Library library)
    {
        // The loader resolves a slot with the first call through it, and there has not been a task yet. An empty list of tasks is all zero, and nothing else is read.
        var nothing = (byte*)NativeMemory.AllocZeroed(2 * Enough);
        ((delegate* unmanaged<byte*, byte*, void>)*(nint*)library.Module.JumpSlot(V8Tasks.RunName))(nothing, nothing + Enough);
        NativeMemory.Free(nothing);

        JumpSlot.Take(library.Module, library.Taken(V8Tasks.RunName), (nint)(delegate* unmanaged<OpaquePtr, OpaquePtr, void>)&OnRunTasks);
        JumpSlot.Take(library.Module, library.Taken(V8Tasks.SetPromiseHookName), (nint)(delegate* unmanaged<IsolatePtr, PromiseHookPtr, void>)&OnSet);
    }

    [UnmanagedCallersOnly]
    private static void OnSet(IsolatePtr isolate, PromiseHookPtr hook)
    {
        try
        {
            if (NativeIsolates.Find(isolate) is { } known && !hook.IsNull)
            {
                known.PromiseHook = hook;
            }
            else
            {
                NativeHooks.V8.Tasks.SetPromiseHook(isolate, hook);
            }
        }
        catch (Exception e)
        {
            throw NativeBoundary.Fail("v8::Isolate::SetPromiseHook", e);
        }
    }

    [UnmanagedCallersOnly]
    private static void OnRunTasks(OpaquePtr self, OpaquePtr tasks)
    {
        try
        {
            RunTasks(NativeHooks.V8, self, tasks);
        }
        catch (Exception e)
        {
            throw NativeBoundary.Fail("V8IsolateImpl::ProcessCallWithLockQueue", e);
        }
    }

    private static void RunTasks(V8Api v8, OpaquePtr self, OpaquePtr tasks)
    {
        var isolate = v8.Isolates.GetCurrent();
        if (NativeIsolates.Find(isolate) is not { PromiseHook.IsNull: false } known)
        {
            v8.Tasks.Run(self, tasks);
            return;
        }

        // Tasks may run others.
        if (known.RunningTasks++ == 0)
        {
            v8.Tasks.SetPromiseHook(isolate, known.PromiseHook);
        }

        v8.Tasks.Run(self, tasks);
        if (--known.RunningTasks == 0)
        {
            v8.Tasks.SetPromiseHook(isolate, default);
            try
            {
                known.TasksRan?.Invoke();
            }
            catch (Exception e)
            {
                // The microtasks run with the next entry.
                NativeBoundary.Ignore("V8IsolateImpl::ProcessCallWithLockQueue", e);
            }
        }
    }
}
