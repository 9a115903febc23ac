using System.Runtime.InteropServices;

namespace JsRun.Engine.Native.Binding;

/// <summary><c>v8::ScriptOrigin</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct V8ScriptOrigin
{
    public nint Name;
    public int LineOffset;
    public int ColumnOffset;
    public int Options;
    public int ScriptId;
    public nint SourceMap;
    public nint HostDefinedOptions;
}
