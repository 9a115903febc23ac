using System.Runtime.InteropServices;

namespace JsRun.Engine.Native.Binding;

/// <summary>V8's callback structures: a function and its data. Left empty throughout.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct V8Callback
{
    public nint Function;
    public nint Data;
}
