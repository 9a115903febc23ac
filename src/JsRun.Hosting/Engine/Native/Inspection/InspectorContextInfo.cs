using System.Runtime.InteropServices;
using JsRun.Engine.Native.Handles;

namespace JsRun.Engine.Native.Inspection;

/// <summary><c>v8_inspector::V8ContextInfo</c>: a context that debuggers are to be told of.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct InspectorContextInfo(ContextHandle context, int group, InspectorText name)
{
    private readonly ContextHandle _context = context;
    private readonly int _group = group;
    private readonly InspectorText _name = name;
    private readonly InspectorText _origin;
    private readonly InspectorText _auxiliary;
    private readonly byte _hasMemoryOnConsole;
}
