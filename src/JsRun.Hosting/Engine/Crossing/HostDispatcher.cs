using JsRun.Engine.Contexts;
using JsRun.Engine.Isolates;
using JsRun.Errors;
using Microsoft.ClearScript.V8.FastProxy;

namespace JsRun.Engine.Crossing;

/// <summary>
/// The one function that crosses out of a context. It reads only what the trusted prelude made, never throws (what ClearScript would make of an exception
/// could be read by user code), and never calls back. What it is asked for, the ports answer.
/// </summary>
internal sealed class HostDispatcher(V8Context context, ContextPorts ports)
{
    public void Invoke(bool asConstructor, in V8FastArgs args, in V8FastResult result)
    {
        try
        {
            var op = (HostOp)args.GetInt32(0);
            if (!op.IsOutcome() || !context.Isolate.Entries.HasOutgrown(context))
            {
                ports.Answer(new HostRequest(context, op, args), new HostReply(result));
            }
        }
        catch (Exception e)
        {
            Fail(args, e);
        }

        // A result can be set once only.
        if (!result.IsSet)
        {
            result.SetUndefined();
        }
    }

    // Nothing may be left waiting for an answer that does not come: what the operation was for ends with the exception.
    private void Fail(in V8FastArgs args, Exception error)
    {
        var op = args.Count > 0 && args.TryGet(0, out int number) ? (HostOp)number : (HostOp)(-1);
        context.Isolate.Services.Logger.HostOperationFailed(op, error);
        var operation = op.IsAboutOperation() && args.Count > 1 && args.TryGet(1, out int id) ? context.FindOperation(id) : context.Current;
        operation?.Fail(error as JsRunException ?? new JsInternalException($"The host operation {op} failed with {error.GetType().Name}: what it was for cannot go on.", error));
    }
}
