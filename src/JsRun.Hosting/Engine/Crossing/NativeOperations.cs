using JsRun.Engine.Contexts;
using JsRun.Engine.Native;
using Microsoft.ClearScript.V8.FastProxy;

namespace JsRun.Engine.Crossing;

/// <summary>What the kernel asks of the native layer.</summary>
internal sealed class NativeOperations(V8Context context, NativeCapabilities capabilities)
{
    public static bool Has(HostOp op) => op is HostOp.AttachNative or HostOp.DropMicrotasks;

    public void Dispatch(HostOp op, in V8FastResult result)
    {
        if (op == HostOp.DropMicrotasks)
        {
            result.Set(context.Isolate.Entries.Attribution?.Drop(context) ?? 0);
        }
        else if (context.NativeContext is { } native)
        {
            result.Set((int)KernelBridge.Attach(native, capabilities));
        }
    }
}
