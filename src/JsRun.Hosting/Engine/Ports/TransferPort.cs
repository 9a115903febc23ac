using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;

namespace JsRun.Engine.Ports;

/// <summary>The buffer through which bytes cross, and UTF-8 by way of it.</summary>
internal sealed class TransferPort(V8Context context) : IHostPort<TransferPort>
{
    public static IReadOnlyList<HostOp> Ops { get; } = [HostOp.Transfer, HostOp.Stage, HostOp.DecodeUtf8, HostOp.EncodeUtf8];

    public static TransferPort Of(V8Context context) => new(context);

    public void Answer(in HostRequest request, in HostReply reply)
    {
        switch (request.Op)
        {
            case HostOp.Transfer:
                context.OpenTransfer(new TransferBuffer(request.GetTransferBuffer(1), context.Isolate.Services.Staging));
                break;
            case HostOp.Stage:
                context.Transfer.Stage(request.GetInt32(1));
                break;
            case HostOp.DecodeUtf8:
                TextCrossing.Decode(context.Transfer, request.GetInt32(1), reply);
                break;
            case HostOp.EncodeUtf8:
                request.TryGet(1, out ReadOnlySpan<char> text);
                reply.Set(TextCrossing.Encode(context.Transfer, text));
                break;
            default:
                throw request.NotAnswered();
        }
    }
}
