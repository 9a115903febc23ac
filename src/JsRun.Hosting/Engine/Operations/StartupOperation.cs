namespace JsRun.Engine.Operations;

/// <summary>The evaluation of a function's top level.</summary>
internal sealed class StartupOperation(string name) : Operation
{
    /// <summary>The shape of a module that handles requests: <c>HANDLES</c> of linker/handler.ts.</summary>
    private const string Handles = "fetch";

    private readonly TaskCompletionSource<bool> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override string Name { get; } = name;

    /// <summary>The reason for which the module handles no requests although it seems to be meant to; the empty string if it does, or is a library.</summary>
    public string Mistake { get; private set; } = "";

    /// <summary>Gets whether the module's default export is a function or has <c>fetch</c>; fails with what the top level threw.</summary>
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

    /// <summary>The top level has ended well. On the isolate's thread.</summary>
    /// <param name="shape">That the module handles requests, nothing, or why it handles no requests though it looks like it.</param>
    public void Evaluated(string shape)
    {
        Mistake = shape == Handles ? "" : shape;
        if (_done.TrySetResult(shape == Handles))
        {
            Ended?.Invoke();
        }
    }
}
