using System.Runtime.InteropServices;
using System.Text;
using JsRun.Engine.Native.Binding;
using JsRun.Engine.Native.Handles;

namespace JsRun.Engine.Native;

/// <summary>
/// Has what an engine of ClearScript's calls and runs happen in a context that is not the engine's: with that context's globals, and its microtasks afterwards. By the hooks of the three
/// functions of V8's through which ClearScript does that.
/// </summary>
internal static unsafe class NativeTargets
{
    // V8 calls the hooks without an argument of ours, on the thread that called ClearScript: nothing but the thread connects the two.
    [ThreadStatic]
    private static NativeAim _aim;

    /// <summary>After the gate has let the library through.</summary>
    public static void Install(V8Library library)
    {
        JumpSlot.Take(library.Module, library.Taken(V8Objects.CallAsFunctionName), (nint)(delegate* unmanaged<ValueHandle, ContextHandle, ValueHandle, int, ValueHandle*, ValueHandle>)&OnCall);
        JumpSlot.Take(library.Module, library.Taken(V8Scripts.BindName), (nint)(delegate* unmanaged<UnboundScriptHandle, ScriptHandle>)&OnBind);
        JumpSlot.Take(library.Module, library.Taken(V8Scripts.RunName), (nint)(delegate* unmanaged<ScriptHandle, ContextHandle, ValueHandle>)&OnRun);
    }

    /// <summary>What this thread has an engine call or run next, once and until disposal, happens in that context; in the engine's own where it is <see langword="null"/>.</summary>
    /// <param name="context">Which.</param>
    /// <param name="shielded">
    /// Whether what the script throws leaves V8 as text: ClearScript asks a thrown object for its <c>hostException</c>, and ends the process where the object is a script's that has one.
    /// </param>
    public static NativeTargetScope Aim(NativeContext? context, bool shielded = false)
    {
        ref var aim = ref _aim;
        aim = new NativeAim { Target = context, Shielded = shielded };
        return new NativeTargetScope(ref aim);
    }

    // The target is used once: nested calls must set their own.
    private static NativeContext? Take(ref NativeAim aim)
    {
        var target = aim.Target;
        aim.Target = null;
        return target;
    }

    // The context is entered as well: V8 asks the one that was entered last whether text may become code.
    [UnmanagedCallersOnly]
    private static ValueHandle OnCall(ValueHandle function, ContextHandle context, ValueHandle receiver, int count, ValueHandle* arguments)
    {
        try
        {
            var v8 = NativeHooks.V8;
            if (Take(ref _aim) is not { } target)
            {
                return v8.Objects.CallAsFunction(function, context, receiver, count, arguments);
            }

            v8.Contexts.Enter(target.Local);
            var result = v8.Objects.CallAsFunction(function, target.Local, receiver, count, arguments);
            v8.Contexts.Exit(target.Local);
            return result;
        }
        catch (Exception e)
        {
            throw NativeBoundary.Fail("v8::Object::CallAsFunction", e);
        }
    }

    // It is run next.
    [UnmanagedCallersOnly]
    private static ScriptHandle OnBind(UnboundScriptHandle script)
    {
        try
        {
            var v8 = NativeHooks.V8;
            if (_aim.Target is not { } target)
            {
                return v8.Scripts.Bind(script);
            }

            v8.Contexts.Enter(target.Local);
            var bound = v8.Scripts.Bind(script);
            v8.Contexts.Exit(target.Local);
            return bound;
        }
        catch (Exception e)
        {
            throw NativeBoundary.Fail("v8::UnboundScript::BindToCurrentContext", e);
        }
    }

    [UnmanagedCallersOnly]
    private static ValueHandle OnRun(ScriptHandle script, ContextHandle context)
    {
        try
        {
            var v8 = NativeHooks.V8;
            ref var aim = ref _aim;
            var shielded = aim.Shielded;
            aim.Shielded = false;
            var target = Take(ref aim);
            if (target is null)
            {
                return Run(v8, script, context, shielded);
            }

            v8.Contexts.Enter(target.Local);
            var result = Run(v8, script, target.Local, shielded);
            v8.Contexts.Exit(target.Local);
            return result;
        }
        catch (Exception e)
        {
            throw NativeBoundary.Fail("v8::Script::Run", e);
        }
    }

    private static ValueHandle Run(V8Api v8, ScriptHandle script, ContextHandle context, bool shielded)
    {
        if (!shielded)
        {
            return v8.Scripts.Run(script, context);
        }

        var isolate = v8.Isolates.GetCurrent();
        var attempt = stackalloc byte[V8Layout.SizeOfTryCatch];
        v8.Scripts.Try(attempt, isolate);
        var result = v8.Scripts.Run(script, context);
        byte[]? thrown = null;
        // A termination goes on by itself.
        if (result.IsNull && v8.Scripts.HasCaught(attempt) != 0 && v8.Scripts.HasTerminated(attempt) == 0)
        {
            thrown = ReadThrown(v8, isolate, attempt);
        }

        v8.Scripts.EndTry(attempt);
        if (thrown is not null)
        {
            v8.Objects.Throw(isolate, v8.Scripts.NewText(isolate, thrown));
        }

        return result;
    }

    private static byte[] ReadThrown(V8Api v8, IsolatePtr isolate, byte* attempt)
    {
        try
        {
            return Encoding.UTF8.GetBytes(v8.Scripts.CaughtText(isolate, attempt));
        }
        catch (Exception e)
        {
            // The script's exception is thrown in any case, with another text.
            NativeBoundary.Ignore("v8::Script::Run", e);
            return "What was thrown cannot be read"u8.ToArray();
        }
    }
}
