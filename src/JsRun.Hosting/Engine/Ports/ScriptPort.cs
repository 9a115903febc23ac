using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;

namespace JsRun.Engine.Ports;

/// <summary>Classic scripts: how they are planned and run.</summary>
internal sealed class ScriptPort(V8Context context) : IHostPort<ScriptPort>
{
    public static IReadOnlyList<HostOp> Ops { get; } = [HostOp.RunScript, HostOp.PlanScript, HostOp.FindMistake];

    public static ScriptPort Of(V8Context context) => new(context);

    public void Answer(in HostRequest request, in HostReply reply) => reply.SetIfAny(request.Op switch
    {
        HostOp.RunScript => context.Scripts.Run(request.GetString(1), request.GetString(2)),
        HostOp.PlanScript => context.Scripts.Plan(request.GetString(1), request.IsTruthy(2)),
        HostOp.FindMistake => context.Scripts.FindMistake(request.GetString(1), request.IsTruthy(2), request.GetString(3), request.IsTruthy(4)),
        _ => throw request.NotAnswered(),
    });
}
