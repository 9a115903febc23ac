using System.Runtime.InteropServices;
using System.Text;
using JsRun.Engine.Native.Binding;

namespace JsRun.Engine.Native;

/// <summary>
/// Has what an engine of ClearScript's calls and runs happen in a context that is not the engine's: with that context's globals, and its microtasks afterwards. By the hooks of the three
/// functions of V8's through which ClearScript does that.
/// </summary>
internal static unsafe class NativeTargets
{
    public const string CallName = "_ZN2v86Object14CallAsFunctionENS_5LocalINS_7ContextEEENS1_INS_5ValueEEEiPS5_";
    public const string BindName = "_ZN2v813UnboundScript20BindToCurrentContextEv";
    public const string RunName = "_ZN2v86Script3RunENS_5LocalINS_7ContextEEE";

    [ThreadStatic]
    private static NativeContext? _target;

    [ThreadStatic]
    private static bool _shielded;

    /// <summary><c>MaybeLocal&lt;Value&gt; Object::CallAsFunction(context, receiver, count, arguments)</c>.</summary>
    private static delegate* unmanaged<nint, nint, nint, int, nint, nint> _call;

    /// <summary><c>Local&lt;Script&gt; UnboundScript::BindToCurrentContext()</c>.</summary>
    private static delegate* unmanaged<nint, nint> _bind;

    public static void Bind(V8Library library)
    {
        _call = (delegate* unmanaged<nint, nint, nint, int, nint, nint>)library.Take(CallName);
        _bind = (delegate* unmanaged<nint, nint>)library.Take(BindName);
    }

    /// <summary>After the gate has let the library through.</summary>
    public static void Install(V8Library library)
    {
        JumpSlot.Take(library.Module, library.Taken(CallName), (nint)(delegate* unmanaged<nint, nint, nint, int, nint, nint>)&OnCall);
        JumpSlot.Take(library.Module, library.Taken(BindName), (nint)(delegate* unmanaged<nint, nint>)&OnBind);
        JumpSlot.Take(library.Module, library.Taken(RunName), (nint)(delegate* unmanaged<nint, nint, nint>)&OnRun);
    }

    /// <summary>What this thread has an engine call or run next, once and until disposal, happens in that context; in the engine's own where it is <see langword="null"/>.</summary>
    /// <param name="context">Which.</param>
    /// <param name="shielded">
    /// Whether what the script throws leaves V8 as text: ClearScript asks a thrown object for its <c>hostException</c>, and ends the process where the object is a script's that has one.
    /// </param>
    public static NativeTargetScope Aim(NativeContext? context, bool shielded = false)
    {
        (_target, _shielded) = (context, shielded);
        return new NativeTargetScope(ref _target, ref _shielded);
    }

    // The target is used once: nested calls must set their own.
    private static NativeContext? Take()
    {
        var target = _target;
        _target = null;
        return target;
    }

    // The context is entered as well: V8 asks the one that was entered last whether text may become code.
    [UnmanagedCallersOnly]
    private static nint OnCall(nint function, nint context, nint receiver, int count, nint arguments)
    {
        if (Take() is not { } target)
        {
            return _call(function, context, receiver, count, arguments);
        }

        V8Contexts.Enter(target.Local);
        var result = _call(function, target.Local, receiver, count, arguments);
        V8Contexts.Exit(target.Local);
        return result;
    }

    // It is run next.
    [UnmanagedCallersOnly]
    private static nint OnBind(nint script)
    {
        if (_target is not { } target)
        {
            return _bind(script);
        }

        V8Contexts.Enter(target.Local);
        var bound = _bind(script);
        V8Contexts.Exit(target.Local);
        return bound;
    }

    [UnmanagedCallersOnly]
    private static nint OnRun(nint script, nint context)
    {
        var shielded = _shielded;
        _shielded = false;
        var target = Take();
        if (target is null)
        {
            return Run(script, context, shielded);
        }

        V8Contexts.Enter(target.Local);
        var result = Run(script, target.Local, shielded);
        V8Contexts.Exit(target.Local);
        return result;
    }

    private static nint Run(nint script, nint context, bool shielded)
    {
        if (!shielded)
        {
            return V8Scripts.Run(script, context);
        }

        var isolate = V8Isolates.GetCurrent();
        var attempt = stackalloc byte[V8Layout.SizeOfTryCatch];
        V8Scripts.Try(attempt, isolate);
        var result = V8Scripts.Run(script, context);
        byte[]? thrown = null;
        // A termination goes on by itself.
        if (result == 0 && V8Scripts.HasCaught(attempt) != 0 && V8Scripts.HasTerminated(attempt) == 0)
        {
            thrown = ReadThrown(isolate, attempt);
        }

        V8Scripts.EndTry(attempt);
        if (thrown is not null)
        {
            V8Objects.Throw(isolate, V8Scripts.NewText(isolate, thrown));
        }

        return result;
    }

    private static byte[] ReadThrown(nint isolate, byte* attempt)
    {
        try
        {
            return Encoding.UTF8.GetBytes(V8Scripts.CaughtText(isolate, attempt));
        }
        catch (Exception)
        {
            // Nothing may leave into V8.
            return "What was thrown cannot be read"u8.ToArray();
        }
    }
}
