using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;
using JsRun.Engine.Operations;
using JsRun.Modules.Compilation;

namespace JsRun.Engine.Ports;

/// <summary>Modules: dynamic imports that the host has to load, evaluations that have ended, and what they have changed.</summary>
internal sealed class ModulePort(V8Context context) : IHostPort<ModulePort>
{
    public static IReadOnlyList<HostOp> Ops { get; } = [HostOp.ModuleLoad, HostOp.ModuleDone, HostOp.BuiltinsCompared];

    public static ModulePort Of(V8Context context) => new(context);

    public void Answer(in HostRequest request, in HostReply reply)
    {
        switch (request.Op)
        {
            case HostOp.ModuleLoad:
                context.Loads.Start(request.GetInt32(1), request.GetString(2), request.GetString(3), request.FindString(4));
                break;
            case HostOp.ModuleDone:
                Evaluated(request);
                break;
            case HostOp.BuiltinsCompared:
                if (request.Operation is ComparisonOperation comparison)
                {
                    comparison.Changes = new BuiltinChanges(request.GetString(2), (GlobalScope)request.GetInt32(3));
                }

                break;
            default:
                throw request.NotAnswered();
        }
    }

    private void Evaluated(in HostRequest request)
    {
        var operation = request.Operation;
        if (request.FindString(2) is { } error)
        {
            operation?.Fail(ScriptError.Parse(error).ToException(context.FindHostError));
        }
        else if (operation is StartupOperation startup)
        {
            startup.Evaluated(request.FindString(3) ?? "");
        }
        else if (operation is ValueOperation import)
        {
            // Whoever wants the exports imports with ImportModule.
            import.CompleteValue(null);
        }
    }
}
