using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;
using JsRun.Engine.Operations;
using JsRun.Streams;

namespace JsRun.Engine.Ports;

/// <summary>What becomes of a request that a handler was given.</summary>
internal sealed class RequestPort(V8Context context) : IHostPort<RequestPort>
{
    public static IReadOnlyList<HostOp> Ops { get; } =
        [HostOp.Respond, HostOp.HandlerFailed, HostOp.RequestRefused, HostOp.WaitUntil, HostOp.LeaseSettled, HostOp.Stalled];

    public static RequestPort Of(V8Context context) => new(context);

    public void Answer(in HostRequest request, in HostReply reply)
    {
        if (request.Operation is not RequestOperation operation)
        {
            return;
        }

        switch (request.Op)
        {
            case HostOp.Respond:
                Respond(operation, request);
                break;
            case HostOp.HandlerFailed:
                operation.HandlerFailed(ScriptError.Parse(request.GetString(2)));
                break;
            case HostOp.RequestRefused:
                operation.RequestRefused();
                break;
            case HostOp.WaitUntil:
                operation.WaitUntil();
                break;
            case HostOp.LeaseSettled:
                operation.Settled();
                break;
            case HostOp.Stalled:
                operation.Stalled();
                break;
            default:
                throw request.NotAnswered();
        }
    }

    private void Respond(RequestOperation operation, in HostRequest request)
    {
        var kind = (BodyKind)request.GetInt32(5);
        string? text = null;
        byte[]? bytes = null;
        var length = -1L;
        if (kind == BodyKind.Text)
        {
            text = request.GetString(6);
        }
        else if (kind == BodyKind.Bytes)
        {
            bytes = context.Transfer.TakeRented(out var count);
            length = count;
        }
        else if (kind == BodyKind.Stream)
        {
            context.Bodies.AddSink(operation, operation.Id);
            length = request.GetInt64(6);
        }

        operation.Respond(new ResponseHead(request.GetInt32(2), request.GetString(3), request.GetString(4)), kind, text, bytes, length);
    }
}
