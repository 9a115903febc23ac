using System.Text;
using JsRun.Bindings;
using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;
using JsRun.Engine.Isolates;
using JsRun.Engine.Operations;
using JsRun.Values;

namespace JsRun.Engine.HostFunctions;

/// <summary>The host functions of a context, and their calls. On the isolate's thread.</summary>
internal sealed class HostCallPort : IHostPort<HostCallPort>, IAwaitedPort
{
    // Roughly the log line of an exception with its stack.
    private const int LengthOfFailure = 2048;

    private readonly V8Context _context;
    private readonly HostErrors _errors = new();
    private readonly Dictionary<int, PendingCall> _pending = [];
    private int _lastCall;

    public HostCallPort(V8Context context)
    {
        _context = context;
        context.Values.Keep(HostReferences.FunctionKind, new HostReferenceKeeper(References, HostReferences.FunctionKind));
        context.Values.Keep(HostReferences.ObjectKind, new HostReferenceKeeper(References, HostReferences.ObjectKind));
        context.FindHostError = _errors.Find;
    }

    /// <summary>What was granted to the context. Thread-safe.</summary>
    public HostReferences References { get; } = new();

    /// <summary>Calls that JavaScript waits for. From any thread, and then a moment old.</summary>
    public int Pending => _pending.Count;

    public bool IsBusy => _pending.Count > 0;

    public bool IsAwaited => _pending.Count > 0;

    public static IReadOnlyList<HostOp> Ops { get; } = [HostOp.HostCall, HostOp.HostCallPacked, HostOp.HostFunction, HostOp.HostObject, HostOp.HostEnvironment];

    public static HostCallPort Of(V8Context context) => context.Calls;

    public void Answer(in HostRequest request, in HostReply reply)
    {
        switch (request.Op)
        {
            case HostOp.HostCall:
                Call(request, packed: false, reply);
                break;
            case HostOp.HostCallPacked:
                Call(request, packed: true, reply);
                break;
            case HostOp.HostFunction:
                if (References.FindFunction(request.GetInt32(1)) is { } function)
                {
                    reply.Set((function.IsAsync ? "a" : "s") + function.Name[(function.Name.LastIndexOf('.') + 1)..]);
                }

                break;
            case HostOp.HostObject:
                DescribeObject(request.GetInt32(1), reply);
                break;
            case HostOp.HostEnvironment:
                _context.Values.SetResult(reply, _context.Values.Write(_context.Options.Bindings));
                break;
            default:
                throw request.NotAnswered();
        }
    }

    /// <summary>A call that JavaScript waits for has its answer.</summary>
    public void Complete(PendingCall call)
    {
        if (!_pending.Remove(call.Id) || !_context.IsOpen)
        {
            return;
        }

        object? payload;
        try
        {
            payload = _context.Values.Send(_context.Values.Write(call.Task.GetAwaiter().GetResult(), call.Function.Returns));
        }
        catch (Exception e)
        {
            payload = Describe(e, call.Function.Name, call.Operation);
        }

        _context.Enter(call.Operation, EntryOp.HostCallDone, call.Id, payload);
    }

    /// <summary>Returns whether JavaScript waits for calls of the operation.</summary>
    public bool IsAwaitedFor(Operation operation) => _pending.Values.Any(c => ReferenceEquals(c.Operation, operation));

    /// <summary>Pending calls of an operation that has ended fail.</summary>
    public void Reject(Operation operation, Operation behalf)
    {
        foreach (var call in _pending.Values.Where(c => ReferenceEquals(c.Operation, operation)).ToArray())
        {
            _pending.Remove(call.Id);
            _context.Enter(behalf, EntryOp.HostCallDone, call.Id, Describe(RequestEnded(), call.Function.Name, operation));
        }
    }

    /// <summary>Nobody waits any more for the calls of an operation.</summary>
    public void Release(Operation operation) => Cancel(_pending.Values.Where(c => ReferenceEquals(c.Operation, operation)));

    /// <summary>Nobody waits any more for any call.</summary>
    public void Dispose() => Cancel(_pending.Values);

    private void Cancel(IEnumerable<PendingCall> calls)
    {
        foreach (var call in calls.ToArray())
        {
            _pending.Remove(call.Id);
            call.Operation?.CancelCalls();
        }
    }

    private void DescribeObject(int id, in HostReply reply)
    {
        if (References.FindObject(id) is { } found)
        {
            var values = _context.Values;
            var members = new BindingReferences(References, values);
            values.SetResult(reply, ValueWriter.Write(found.Describe(), values.Limits, members, values.Json));
            References.Adopt(id, [.. found.NamesOfFunctions().Zip(members.Granted, static (name, granted) => (name, granted.Id))]);
        }
    }

    private void Call(in HostRequest request, bool packed, in HostReply reply)
    {
        var function = References.FindFunction(request.GetInt32(1));
        var name = function?.Name ?? "?";
        try
        {
            var arguments = packed ? ((List<object?>)_context.Values.Read(request, 2)!).ToArray() : ReadPlain(request);
            if (function is null)
            {
                throw new JsHostException("This host function was revoked: what it was bound as has been bound anew.") { Code = "revoked" };
            }

            var answer = Invoke(function, arguments);
            if (function.FindTask(answer) is { } task)
            {
                // A function that is known to be asynchronous makes a promise of a value too.
                if (!function.IsAsync || !task.IsCompletedSuccessfully)
                {
                    reply.Set(Begin(function, task));
                    return;
                }

                answer = task.Result;
            }

            _context.Values.SetResult(reply, _context.Values.Write(answer, function.Returns));
        }
        catch (Exception e)
        {
            reply.Set(Describe(e, name, _context.Current));
        }
    }

    private object? Invoke(HostFunction function, object?[] arguments)
    {
        var operation = _context.Current;
        if (operation is { IsOver: true })
        {
            throw RequestEnded();
        }

        try
        {
            function.Check(_context.Options.Permissions);
        }
        catch (JsPermissionException e)
        {
            Denials.Tell(_context, operation, e);
            throw;
        }

        var invocation = new HostInvocation(function, new JsHostCall(function.Name, arguments, new HostCallScope(_context, operation)));
        invocation.Run(_context, operation);
        return invocation.Answer;
    }

    private static JsHostException RequestEnded() => new(Endings.RequestEnded + ".") { Code = "request-ended" };

    private string Begin(HostFunction function, Task<object?> task)
    {
        var call = new PendingCall(this, _context, ++_lastCall, _context.Current, function, task);
        _pending.Add(call.Id, call);
        call.Start();
        return $"?{call.Id}";
    }

    /// <summary>What is answered where something of the host failed; logged where the script is not told all.</summary>
    /// <param name="exception">What failed.</param>
    /// <param name="function">Of what.</param>
    /// <param name="operation">On whose behalf it was called.</param>
    public string Describe(Exception exception, string function, Operation? operation)
    {
        try
        {
            return DescribeAll(exception, function, operation);
        }
        catch (Exception)
        {
            // Never as if the call had succeeded.
            return new HostErrorText(false, "HostError", "unknown", $"The host function '{function}' failed.", 0).ToText();
        }
    }

    private string DescribeAll(Exception exception, string function, Operation? operation)
    {
        if (HostErrorText.IsFailure(exception) && _context.MayLog(_context.Current, LengthOfFailure))
        {
            _context.Tell("the logger", operation, () => _context.Isolate.Services.Logger.HostFunctionFailed(function, operation?.Name ?? "", operation?.RequestId ?? "", exception));
        }

        var cause = HostErrorText.Unwrap(exception);
        return HostErrorText.Of(cause, function, _context.Options.ExposeHostErrors, _errors.Add(cause)).ToText();
    }

    private object?[] ReadPlain(in HostRequest request)
    {
        const int first = 2;
        var arguments = request.Count == first ? [] : new object?[request.Count - first];
        for (var i = first; i < request.Count; i++)
        {
            arguments[i - first] = request.TryGet(i, out double number) ? ValueReader.ToNumber(number)
                : request.TryGet(i, out string text) ? Check(text)
                : request.TryGet(i, out bool truth) ? truth
                : request.IsNull(i) ? null : JsUndefined.Value;
        }

        return arguments;
    }

    private string Check(string text)
    {
        var limits = _context.Values.Limits;
        // No character takes more than three bytes of UTF-8.
        return text.Length <= limits.Bytes / 3 || Encoding.UTF8.GetByteCount(text) is var size && size <= limits.Bytes ? text : throw limits.TooLarge(Encoding.UTF8.GetByteCount(text));
    }
}
