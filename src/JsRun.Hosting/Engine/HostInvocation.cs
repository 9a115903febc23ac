using JsRun.Bindings;

namespace JsRun.Engine;

/// <summary>One call of a host function, in the execution context of whoever had the script run: what it sets there ends with the call.</summary>
internal sealed class HostInvocation(HostFunction function, JsHostCall call)
{
    private static readonly ContextCallback Callback = static state =>
    {
        var self = (HostInvocation)state!;
        self._answer = self._function.Invoke(self._call);
    };

    private readonly HostFunction _function = function;
    private readonly JsHostCall _call = call;
    private object? _answer;

    public object? Run(ExecutionContext? site)
    {
        if ((site ?? ExecutionContext.Capture()) is { } context)
        {
            ExecutionContext.Run(context, Callback, this);
            return _answer;
        }

        return _function.Invoke(_call);
    }
}
