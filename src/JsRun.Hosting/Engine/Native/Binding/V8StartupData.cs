using System.Runtime.InteropServices;

namespace JsRun.Engine.Native.Binding;

/// <summary><c>v8::StartupData</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct V8StartupData
{
    public byte* Data;
    public int Size;
}
