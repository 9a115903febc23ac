using System.Buffers;
using System.Security.Cryptography;
using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;

namespace JsRun.Engine.Ports;

/// <summary>The system's cryptographic generator.</summary>
internal sealed class RandomPort(V8Context context) : IHostPort<RandomPort>
{
    public static IReadOnlyList<HostOp> Ops { get; } = [HostOp.RandomFill, HostOp.RandomUuid];

    public static RandomPort Of(V8Context context) => new(context);

    public void Answer(in HostRequest request, in HostReply reply)
    {
        switch (request.Op)
        {
            case HostOp.RandomFill:
                Fill(request.GetInt32(1));
                break;
            case HostOp.RandomUuid:
                reply.Set(Guid.NewGuid().ToString());
                break;
            default:
                throw request.NotAnswered();
        }
    }

    private void Fill(int count)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(count);
        RandomNumberGenerator.Fill(buffer.AsSpan(0, count));
        context.Transfer.Write(buffer.AsSpan(0, count), 0);
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
    }
}
