namespace JsRun.Engine.HostFunctions;

/// <summary>Something of the host's that is told of what the script does: a logger, a callback.</summary>
internal sealed class HostAction(string name, Action action) : HostCode
{
    public override string Name => name;

    protected override void Call() => action();
}
