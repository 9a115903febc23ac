using JsRun.Diagnostics;
using JsRun.Engine;

namespace JsRun.Runtime;

/// <summary>One evaluation of an embedder's.</summary>
internal sealed class EvaluationOperation(string name) : Operation
{
    private readonly TaskCompletionSource<object?> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override string Name { get; } = name;

    public RuntimeCounters? Counters { get; init; }

    public Task<object?> Result => _result.Task;

    public override void Fail(Exception exception)
    {
        _result.TrySetException(exception);
        _ = _result.Task.Exception;
    }

    public override void CompleteValue(object? value)
    {
        Leave();
        _result.TrySetResult(value);
    }

    public override void Complete(int kind, string text)
    {
        // Timers that it set are counted on it still; nothing else can come for it.
        Leave();
        if (kind == Crossing.ErrorResult)
        {
            Fail(ScriptError.Parse(text).ToException());
        }
        else
        {
            _result.TrySetResult(new JsResult((JsResultKind)kind, text));
        }
    }

    private void Leave()
    {
        if (Context is { } context)
        {
            if (Counters is not null)
            {
                Counters.Heap = context.Isolate.ReadHeap();
            }

            context.Forget(this);
        }
    }
}
