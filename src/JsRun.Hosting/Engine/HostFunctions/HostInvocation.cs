using JsRun.Bindings;

namespace JsRun.Engine.HostFunctions;

/// <summary>One call of a host function.</summary>
internal sealed class HostInvocation(HostFunction function, JsHostCall call) : HostCode
{
    public override string Name => function.Name;

    /// <summary>What it returned.</summary>
    public object? Answer { get; private set; }

    protected override void Call() => Answer = function.Invoke(call);
}
