using System.Runtime.InteropServices;

namespace JsRun.Engine.Native;

/// <summary><c>v8::PromiseRejectMessage</c>, passed by value.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PromiseRejection
{
    public nint Promise;
    public PromiseRejectionKind Kind;
    public nint Value;
}
