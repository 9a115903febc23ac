using JsRun.Engine.Contexts;
using JsRun.Engine.Operations;
using JsRun.Scheduling;
using JsRun.WebApi.Broadcast;

namespace JsRun.Engine.Web;

/// <summary>One broadcast channel of a context.</summary>
internal sealed class BroadcastCall(BroadcastTable table, V8Context context, Operation operation, int id, string name) : IBroadcastListener
{
    public int Id { get; } = id;

    public string Name { get; } = name;

    public Operation Operation { get; } = operation;

    public void Receive(string message)
    {
        if (table.Reserve(message.Length))
        {
            context.Post(new ActionItem(() => table.Deliver(this, message), () => table.Free(message.Length)));
        }
    }
}
