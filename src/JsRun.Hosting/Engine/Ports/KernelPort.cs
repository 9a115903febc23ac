using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;
using JsRun.Engine.Native;
using JsRun.Engine.Scripts;

namespace JsRun.Engine.Ports;

/// <summary>What the kernel needs for itself: its tables, V8's own functions, and the memories of WebAssembly, which it tells of.</summary>
internal sealed class KernelPort(V8Context context) : IHostPort<KernelPort>
{
    public static IReadOnlyList<HostOp> Ops { get; } = [HostOp.Table, HostOp.Memory, HostOp.AttachNative, HostOp.DropMicrotasks];

    public static KernelPort Of(V8Context context) => new(context);

    public void Answer(in HostRequest request, in HostReply reply)
    {
        switch (request.Op)
        {
            case HostOp.Table:
                reply.Set(Bundles.Tables[request.GetString(1)]);
                break;
            case HostOp.Memory:
                context.Memory.Learn((MemoryState)request.GetInt32(1));
                break;
            case HostOp.AttachNative:
                if (context.NativeContext is { } native)
                {
                    reply.Set((int)KernelBridge.Attach(native, context.Isolate.Services.Native));
                }

                break;
            case HostOp.DropMicrotasks:
                reply.Set(context.Isolate.Entries.Attribution?.Drop(context) ?? 0);
                break;
            default:
                throw request.NotAnswered();
        }
    }
}
