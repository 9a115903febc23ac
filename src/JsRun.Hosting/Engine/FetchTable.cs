using System.IO.Pipelines;
using JsRun.WebApi.Fetch;

namespace JsRun.Engine;

/// <summary>The calls of <c>fetch</c> that a context waits for. Used on the isolate's thread.</summary>
internal sealed class FetchTable(V8Context context) : IDisposable
{
    private readonly Dictionary<int, FetchCall> _calls = [];

    public int Count => _calls.Count;

    /// <summary>Sends it, unless it is one too many for its operation.</summary>
    public void Start(FetchCall call)
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

    /// <returns>Whether JavaScript still waits for it.</returns>
    public bool End(FetchCall call) => _calls.Remove(call.Id) && context.IsOpen;

    public void Abort(int id)
    {
        if (_calls.Remove(id, out var call))
        {
            call.Abort();
        }
    }

    public void Done(FetchCall call, FetchResult result, PipeReader? body, Func<Task> dispose)
    {
        var source = body is null ? null : context.Bodies.AddSource(call.Operation, body, dispose);
        context.Enter(call.Operation, EntryOp.FetchDone, call.Id, result.Status, result.ReasonPhrase, result.Headers, source?.Id ?? Crossing.None);
        if (source is null)
        {
            _ = dispose();
        }
    }

    public void Failed(FetchCall call, Exception error)
    {
        Denials.Tell(context, call.Operation, error);
        context.Enter(call.Operation, EntryOp.FetchDone, call.Id, Crossing.Failed, KindOf(error), error.Message);
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

    private static string KindOf(Exception error) => error switch
    {
        JsPermissionException => "PermissionDenied",
        SubrequestLimitException => "LimitReached",
        _ => "NetworkError",
    };
}
