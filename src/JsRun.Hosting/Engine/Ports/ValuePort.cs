using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;
using JsRun.Engine.Operations;
using JsRun.Values;

namespace JsRun.Engine.Ports;

/// <summary>The values that evaluations and calls end with.</summary>
internal sealed class ValuePort(V8Context context) : IHostPort<ValuePort>
{
    public static IReadOnlyList<HostOp> Ops { get; } = [HostOp.ValueBytes, HostOp.Value, HostOp.Result];

    public static ValuePort Of(V8Context context) => new(context);

    public void Answer(in HostRequest request, in HostReply reply)
    {
        switch (request.Op)
        {
            case HostOp.ValueBytes:
                context.Values.TakeBytes(request.GetInt32(1));
                break;
            case HostOp.Value:
                Complete(request);
                break;
            case HostOp.Result:
                CompleteText(request);
                break;
            default:
                throw request.NotAnswered();
        }
    }

    private void CompleteText(in HostRequest request)
    {
        var operation = request.Operation as ValueOperation;
        var kind = request.GetInt32(2);
        var text = request.FindString(3) ?? "";
        if (kind == CrossingCode.ErrorResult)
        {
            operation?.Fail(ScriptError.Parse(text).ToException(context.FindHostError));
        }
        else
        {
            operation?.CompleteValue(new JsResult((JsResultKind)kind, text));
        }
    }

    private void Complete(in HostRequest request)
    {
        if (request.Operation is not ValueOperation operation)
        {
            context.OpenedTransfer?.Clear();
            return;
        }

        var outcome = (ValueOutcome)request.GetInt32(2);
        object? value;
        try
        {
            value = outcome == ValueOutcome.Value ? context.Values.Read(request, 3) : context.Values.ReadThrown(request, 3);
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
                var thrown = request.Count > 4 ? ThrownValue.ToException(context.Values.ReadThrown(request, 4), context.FindHostError) : null;
                operation.Fail(new JsConversionException((string)value!, thrown));
                break;
            default:
                // The caller, which is synchronous, says so.
                break;
        }
    }
}
