using System.Runtime.InteropServices;
using JsRun.Engine.Native.Handles;

namespace JsRun.Engine.Native;

/// <summary><c>v8::PromiseRejectMessage</c>, passed by value.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PromiseRejection
{
    public ValueHandle Promise;
    public PromiseRejectionKind Kind;
    public ValueHandle Value;
}
