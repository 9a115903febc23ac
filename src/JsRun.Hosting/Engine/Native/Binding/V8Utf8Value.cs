using System.Runtime.InteropServices;

namespace JsRun.Engine.Native.Binding;

/// <summary><c>v8::String::Utf8Value</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct V8Utf8Value
{
    public byte* Data;
    public nuint Length;
}
