using System.IO.Pipelines;
using JsRun.Diagnostics;
using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;
using JsRun.Engine.HostFunctions;
using JsRun.Engine.Isolates;
using JsRun.Engine.Operations;
using JsRun.Scheduling;
using JsRun.Streams;
using JsRun.WebApi.Fetch;

namespace JsRun.Engine.Web;

/// <summary>The calls of <c>fetch</c> that a context waits for. Used on the isolate's thread.</summary>
internal sealed class FetchPort(V8Context context) : IHostPort<FetchPort>, IAwaitedPort
{
    private readonly Dictionary<int, FetchCall> _calls = [];
    private readonly PostedRefusals _refusals = new(context);

    public static IReadOnlyList<HostOp> Ops { get; } = [HostOp.Fetch, HostOp.FetchAbort];

    public bool IsBusy => Pending > 0;

    public bool IsAwaited => Pending > 0;

    public int Pending => _calls.Count + _refusals.Count;

    public static FetchPort Of(V8Context context) => new(context);

    public void Answer(in HostRequest request, in HostReply reply)
    {
        var id = request.GetInt32(1);
        switch (request.Op)
        {
            case HostOp.Fetch when request.Operation is { IsOver: false } operation:
                Fetch(operation, id, request);
                break;
            case HostOp.Fetch:
                Refuse(request.Operation, id);
                break;
            case HostOp.FetchAbort:
                Abort(id);
                break;
            default:
                throw request.NotAnswered();
        }
    }

    /// <summary>Returns whether JavaScript waits for calls of the operation.</summary>
    public bool IsAwaitedFor(Operation operation) => _calls.Values.Any(c => ReferenceEquals(c.Operation, operation));

    /// <summary>Whoever waits for an answer to a call of the operation gets an error.</summary>
    public void Reject(Operation operation, Operation behalf)
    {
        foreach (var call in _calls.Values.Where(c => ReferenceEquals(c.Operation, operation)).ToArray())
        {
            Abort(call.Id);
            Fail(behalf, call.Id);
        }
    }

    /// <returns>Whether JavaScript still waits for it.</returns>
    public bool End(FetchCall call) => _calls.Remove(call.Id) && context.IsOpen;

    public void Done(FetchCall call, FetchResult result, PipeReader? body, Func<Task> dispose)
    {
        var source = body is null ? null : context.Bodies.AddSource(call.Operation, body, dispose);
        context.Enter(call.Operation, EntryOp.FetchDone, call.Id, result.Status, result.ReasonPhrase, result.Headers, source?.Id ?? CrossingCode.None);
        if (source is null)
        {
            dispose().Forget(context.Isolate.Services.Logger);
        }
    }

    public void Failed(FetchCall call, Exception error)
    {
        Denials.Tell(context, call.Operation, error);
        context.Enter(call.Operation, EntryOp.FetchDone, call.Id, CrossingCode.Failed, KindOf(error), Describe(call.Operation, error));
    }

    public void Release(Operation operation)
    {
        foreach (var call in _calls.Values.Where(c => ReferenceEquals(c.Operation, operation)).ToArray())
        {
            Abort(call.Id);
        }
    }

    public void Dispose()
    {
        foreach (var call in _calls.Values)
        {
            call.Abort();
        }
    }

    private void Fetch(Operation operation, int id, in HostRequest request)
    {
        var body = FetchBody.None;
        Pipe? pipe = null;
        ByteSink? upload = null;
        switch ((BodyKind)request.GetInt32(5))
        {
            case BodyKind.Text:
                body = FetchBody.Text(request.GetString(6));
                break;
            case BodyKind.Bytes:
                body = FetchBody.Bytes(context.Transfer.Take());
                break;
            case BodyKind.Stream:
                pipe = new Pipe();
                upload = context.Bodies.AddSink(operation, request.GetInt32(6));
                body = FetchBody.Stream(pipe.Reader, request.GetInt64(7));
                break;
        }

        var sent = new FetchRequest(request.GetString(2), request.GetString(3), request.GetString(4), body, operation.Loop, operation.Token);
        Start(new FetchCall(this, context, operation, id, sent, upload, pipe));
    }

    // Sends it, unless it is one too many for its operation.
    private void Start(FetchCall call)
    {
        _calls.Add(call.Id, call);
        if (Subrequest.Refuse(context, call.Operation) is { } refusal)
        {
            call.Refuse(refusal);
        }
        else
        {
            call.Start();
        }
    }

    private void Abort(int id)
    {
        if (_calls.Remove(id, out var call))
        {
            call.Abort();
        }
    }

    // There is nobody any more for whom it could be sent.
    private void Refuse(Operation? operation, int id) => _refusals.Post(() => Fail(operation, id));

    private void Fail(Operation? operation, int id) => context.Enter(operation, EntryOp.FetchDone, id, CrossingCode.Failed, "RequestEnded", Endings.RequestEnded);

    private string Describe(Operation operation, Exception error)
    {
        if (error is not FetchException { IsHosts: true, InnerException: { } cause })
        {
            return error.Message;
        }

        context.Isolate.Services.Logger.HostFunctionFailed("fetch", operation.Name, operation.RequestId, cause);
        return context.Options.ExposeHostErrors ? $"{error.Message} {ExceptionText.MessageOf(cause)}" : error.Message;
    }

    private static string KindOf(Exception error) => error switch
    {
        JsPermissionException => "PermissionDenied",
        SubrequestLimitException => "LimitReached",
        _ => "NetworkError",
    };
}
