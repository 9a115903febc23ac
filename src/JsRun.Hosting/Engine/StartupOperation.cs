namespace JsRun.Engine;

/// <summary>The evaluation of a function's top level.</summary>
internal sealed class StartupOperation(string name) : Operation
{
    private readonly TaskCompletionSource<bool> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override string Name { get; } = name;

    /// <summary>Whether the module has a default export with <c>fetch</c>; fails with what the top level threw.</summary>
    public Task<bool> Done => _done.Task;

    /// <summary>Called on the isolate's thread when it has ended either way.</summary>
    public Action? Ended { get; set; }

    public override void Fail(Exception exception)
    {
        if (_done.TrySetException(exception))
        {
            _ = _done.Task.Exception;
            Ended?.Invoke();
        }
    }

    public override void Complete(int kind, string text)
    {
        if (kind == Crossing.ErrorResult)
        {
            Fail(ScriptError.Parse(text).ToException(Context?.FindHostError));
        }
        else if (_done.TrySetResult(text == "fetch"))
        {
            Ended?.Invoke();
        }
    }
}
