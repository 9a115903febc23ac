using JsRun.Engine.Contexts;
using JsRun.Engine.Operations;
using JsRun.Values;
using Microsoft.ClearScript.V8.FastProxy;

namespace JsRun.Engine.Crossing;

/// <summary>What the kernel asks of the host when it evaluates and converts for an embedder.</summary>
internal sealed class ValueDispatcher(V8Context context)
{
    public void Dispatch(HostOp op, in V8FastArgs args, in V8FastResult result)
    {
        switch (op)
        {
            case HostOp.ValueBytes:
                context.Values.TakeBytes(args.GetInt32(1));
                break;
            case HostOp.RunScript:
                if (context.RunScript(args.GetString(1), args.GetString(2)) is { } refused)
                {
                    result.Set(refused);
                }

                break;
            case HostOp.PlanScript:
                if (context.PlanScript(args.GetString(1), args.IsTruthy(2)) is { } plan)
                {
                    result.Set(plan);
                }

                break;
            case HostOp.FindMistake:
                if (context.FindMistake(args.GetString(1), args.IsTruthy(2), args.GetString(3), args.IsTruthy(4)) is { } mistake)
                {
                    result.Set(mistake);
                }

                break;
            case HostOp.Value:
                Complete(args);
                break;
            default:
                throw new InvalidOperationException($"The host has no operation {(int)op}: the JavaScript bundle and the assembly are from different builds.");
        }
    }

    private void Complete(in V8FastArgs args)
    {
        if (context.Find<ValueOperation>(args.GetInt32(1)) is not { } operation)
        {
            context.OpenedTransfer?.Clear();
            return;
        }

        var outcome = (ValueOutcome)args.GetInt32(2);
        object? value;
        try
        {
            value = outcome == ValueOutcome.Value ? context.Values.Read(args, 3) : context.Values.ReadThrown(args, 3);
        }
        catch (JsConversionException e)
        {
            operation.Fail(e);
            return;
        }
        catch (Exception e)
        {
            operation.Fail(new JsConversionException($"The script's value cannot be converted: {e.GetType().Name}.", e));
            return;
        }

        switch (outcome)
        {
            case ValueOutcome.Value:
                operation.CompleteValue(value);
                break;
            case ValueOutcome.Thrown:
                operation.Fail(ThrownValue.ToException(value, context.FindHostError));
                break;
            case ValueOutcome.NotConvertible:
                var thrown = args.Count > 4 ? ThrownValue.ToException(context.Values.ReadThrown(args, 4), context.FindHostError) : null;
                operation.Fail(new JsConversionException((string)value!, thrown));
                break;
            default:
                // The caller, which is synchronous, says so.
                break;
        }
    }
}
