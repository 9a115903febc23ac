using System.Runtime.InteropServices;
using JsRun.Engine.Native.Handles;

namespace JsRun.Engine.Native.Binding;

/// <summary><c>v8::ScriptOrigin</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct V8ScriptOrigin
{
    public ValueHandle Name;
    public int LineOffset;
    public int ColumnOffset;
    public int Options;
    public int ScriptId;
    public ValueHandle SourceMap;
    public OpaquePtr HostDefinedOptions;
}
