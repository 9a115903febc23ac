using System.Runtime.InteropServices;
using JsRun.Engine.Native.Handles;

namespace JsRun.Engine.Native.Binding;

/// <summary>V8's callback structures: a function and its data. Left empty throughout.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct V8Callback
{
    public OpaquePtr Function;
    public OpaquePtr Data;
}
