using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;

namespace JsRun.Engine.Ports;

/// <summary>The bodies that scripts read and write.</summary>
internal sealed class BodyPort(V8Context context) : IHostPort<BodyPort>
{
    public static IReadOnlyList<HostOp> Ops { get; } = [HostOp.SourcePull, HostOp.SourceCancel, HostOp.SinkWrite, HostOp.SinkEnd];

    public static BodyPort Of(V8Context context) => new(context);

    public void Answer(in HostRequest request, in HostReply reply)
    {
        var id = request.GetInt32(1);
        switch (request.Op)
        {
            case HostOp.SourcePull:
                reply.Set(Pull(id, request.GetInt32(2)));
                break;
            case HostOp.SourceCancel:
                if (context.Bodies.FindSource(id) is { } cancelled)
                {
                    context.Bodies.RemoveSource(cancelled);
                }

                break;
            case HostOp.SinkWrite:
                reply.Set(Write(id, request));
                break;
            case HostOp.SinkEnd:
                context.Bodies.FindSink(id)?.End(request.FindString(2) is { } error ? ScriptError.Parse(error).ToException(context.FindHostError) : null);
                break;
            default:
                throw request.NotAnswered();
        }
    }

    private int Pull(int id, int most)
    {
        if (context.Bodies.FindSource(id) is not { } source)
        {
            // Never as if the body had ended: it may have been longer.
            context.Bodies.Refuse(id);
            return CrossingCode.Failed;
        }

        var count = source.Pull(most);
        return count > 0 && !source.Copy(context.Transfer) ? source.Pull(most) : count;
    }

    private int Write(int id, in HostRequest request)
    {
        if (context.Bodies.FindSink(id) is not { } sink)
        {
            return CrossingCode.Refused;
        }

        if (request.TryGet(2, out ReadOnlySpan<char> text))
        {
            var origin = new TextOrigin(text);
            return sink.Write(ref origin);
        }

        var bytes = new TransferOrigin(context.Transfer, request.GetInt32(2));
        return sink.Write(ref bytes);
    }
}
