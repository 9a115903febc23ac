using JsRun.Engine.Native.Binding;

namespace JsRun.Engine.Native;

/// <summary>The hooks of the native layer: functions of JsRun that the library calls instead of V8's own. They have no argument of their own, so what they need of V8 is found here.</summary>
internal static class NativeHooks
{
    private static V8Api? _v8;

    /// <summary>V8, for functions that V8 calls. Everything else is given the instance.</summary>
    public static V8Api V8 => _v8 ?? throw new NativeLayerException("a hook was called that the gate has not installed");

    /// <summary>Has the library call the hooks. Once, by <see cref="V8Gate"/>, after it has recognised the library.</summary>
    public static void Install(V8Api v8, V8Library library)
    {
        _v8 = v8;
        NativeIsolates.Install(library);
        NativeContexts.Install(library);
        PromiseHooks.Install(library);
        NativeTargets.Install(library);
    }
}
