using System.IO.Pipelines;
using JsRun.Diagnostics;
using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;
using JsRun.Engine.HostFunctions;
using JsRun.Engine.Isolates;
using JsRun.Engine.Operations;
using JsRun.Scheduling;
using JsRun.WebApi.Fetch;

namespace JsRun.Engine.Web;

/// <summary>The calls of <c>fetch</c> that a context waits for. Used on the isolate's thread.</summary>
internal sealed class FetchTable(V8Context context) : IDisposable
{
    private readonly Dictionary<int, FetchCall> _calls = [];
    private int _refusals;

    public int Count => _calls.Count + _refusals;

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

    /// <summary>Whether JavaScript waits for calls of the operation.</summary>
    public bool IsAwaitedFor(Operation operation) => _calls.Values.Any(c => ReferenceEquals(c.Operation, operation));

    /// <summary>There is nobody any more for whom it could be sent.</summary>
    public void Refuse(Operation? operation, int id)
    {
        _refusals++;
        // Not from here: entries do not nest.
        context.Post(new ActionItem(() =>
        {
            _refusals--;
            Fail(operation, id);
        }));
    }

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
        context.Enter(call.Operation, EntryOp.FetchDone, call.Id, result.Status, result.ReasonPhrase, result.Headers, source?.Id ?? CrossingCode.None);
        if (source is null)
        {
            _ = dispose();
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
