using JsRun.Engine.Contexts;
using JsRun.Engine.Operations;
using JsRun.Scheduling;
using JsRun.WebApi.Broadcast;

namespace JsRun.Engine.Web;

/// <summary>One broadcast channel of a context.</summary>
internal sealed class BroadcastCall(BroadcastPort port, V8Context context, Operation operation, int id, string name) : IBroadcastListener
{
    public int Id { get; } = id;

    public string Name { get; } = name;

    public Operation Operation { get; } = operation;

    public void Receive(string message)
    {
        if (port.Reserve(this, message.Length))
        {
            context.Post(new ActionItem(() => port.Deliver(this, message), () => port.Free(this, message.Length)));
        }
    }
}
