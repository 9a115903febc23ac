using JsRun.Engine.Native;
using Microsoft.ClearScript.V8.FastProxy;

namespace JsRun.Engine;

/// <summary>What the kernel asks of the native layer.</summary>
internal sealed class NativeOperations(NativeContext? native, NativeCapabilities capabilities)
{
    public static bool Has(HostOp op) => op is HostOp.AttachNative;

    public void Dispatch(in V8FastResult result)
    {
        if (native is not null)
        {
            result.Set((int)KernelBridge.Attach(native, capabilities));
        }
    }
}
