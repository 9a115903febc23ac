using JsRun.Bindings;
using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;
using JsRun.Engine.HostFunctions;
using JsRun.Values;

namespace JsRun.Runtimes;

/// <summary>One binding on its way into a runtime: copied at once, on the caller's thread, and entered on the isolate's thread.</summary>
internal sealed class RuntimeBinding
{
    private readonly string _name;
    private readonly JsBindMode _mode;
    private readonly WireValue _value;
    private readonly BindingReferences _references;
    private readonly IEnumerable<string> _members = [];
    private readonly int _op;

    public RuntimeBinding(V8Context context, string name, object? value, JsBindMode mode)
    {
        _name = name;
        _mode = mode;
        _references = new BindingReferences(context.Calls.References, context.Values);
        try
        {
            var prepared = BindingTree.Prepare(name, value, asData: true);
            (_members, prepared) = prepared switch
            {
                Dictionary<string, object?> members => (members.Keys, new WatchedMembers(members, member => _references.Member = member)),
                HostObject exported => (exported.Members.Select(static m => m.Key), prepared),
                _ => (_members, prepared),
            };
            _value = ValueWriter.Write(prepared, context.Values.Limits, _references, context.Values.Json);
        }
        catch
        {
            context.Calls.References.Revoke(_references.Granted);
            throw;
        }
    }

    public RuntimeBinding(V8Context context, JsOp op)
    {
        _name = op.Name;
        _references = new BindingReferences(context.Calls.References, context.Values);
        _op = context.Calls.References.Grant(op.Function);
    }

    public void Enter(V8Context context, EvaluationOperation operation)
    {
        if (_op != 0)
        {
            context.Enter(operation, EntryOp.RegisterOp, operation.Id, _name, _op);
            return;
        }

        context.Enter(operation, EntryOp.Bind, operation.Id, _name, (int)_mode, context.Values.Send(_value));
        if (operation.Result.IsCompletedSuccessfully)
        {
            // JavaScript says whether there was something to merge into.
            context.Calls.References.Replace(_name, _members, _references.Granted, merged: operation.Result.Result is true);
        }
        else
        {
            context.Calls.References.Revoke(_references.Granted);
        }
    }
}
