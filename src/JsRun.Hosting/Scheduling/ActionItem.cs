namespace JsRun.Scheduling;

/// <summary>A message made of two callbacks, for what happens rarely.</summary>
internal sealed class ActionItem(Action run, Action? drop = null) : IWorkItem
{
    public void Run() => run();

    public void Drop() => drop?.Invoke();
}
