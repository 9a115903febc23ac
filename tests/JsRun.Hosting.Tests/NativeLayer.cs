using System.Runtime.CompilerServices;
using JsRun.Engine.Isolates;

namespace JsRun.Hosting.Tests;

/// <summary>V8's flags can be set before it starts only, and a test without the native layer may be the first to start it.</summary>
internal static class NativeLayer
{
    [ModuleInitializer]
    internal static void Detect() => NativeV8.Detect(JsNativeMode.Auto);
}
