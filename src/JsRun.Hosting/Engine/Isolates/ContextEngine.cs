using JsRun.Engine.Native;
using Microsoft.ClearScript;
using Microsoft.ClearScript.V8;

namespace JsRun.Engine.Isolates;

/// <summary>What a context is for ClearScript: an engine of its own, or the one of its isolate's that is told each time which context is meant.</summary>
/// <param name="engine">The engine.</param>
/// <param name="native">The context's native half, if the native layer is used.</param>
/// <param name="isHome">Whether the engine is <see cref="HomeEngine"/>'s: it has another context, and outlives this one.</param>
internal sealed class ContextEngine(V8ScriptEngine engine, NativeContext? native, bool isHome) : IDisposable
{
    /// <summary>The flags with which engines of contexts are made.</summary>
    public const V8ScriptEngineFlags Flags = V8ScriptEngineFlags.DisableGlobalMembers | V8ScriptEngineFlags.HideHostExceptions;

    public NativeContext? Native => native;

    private NativeContext? Target => isHome ? native : null;

    /// <summary>Runs a script.</summary>
    public object Evaluate(V8Script script)
    {
        using var aim = NativeTargets.Aim(Target);
        return engine.Evaluate(script);
    }

    /// <summary>Compiles and runs a script, from within a call. Where the native layer is used, what it throws leaves V8 as text.</summary>
    public void Execute(DocumentInfo document, string script)
    {
        using var aim = NativeTargets.Aim(Target, shielded: native is not null);
        engine.Execute(document, script);
    }

    /// <summary>Calls a function, of that context's own.</summary>
    public object Invoke(ScriptObject function, params object?[] arguments)
    {
        using var aim = NativeTargets.Aim(Target);
        return function.Invoke(false, arguments);
    }

    /// <summary>Has V8 end what runs in the isolate. From any thread, while something does.</summary>
    public void Interrupt() => engine.Interrupt();

    /// <summary>What was to be ended has ended.</summary>
    public void CancelInterrupt() => engine.CancelInterrupt();

    public void Dispose()
    {
        if (!isHome)
        {
            engine.Dispose();
        }

        native?.Abandon();
    }
}
