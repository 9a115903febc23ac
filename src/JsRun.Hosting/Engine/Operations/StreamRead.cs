using JsRun.Engine.Contexts;

namespace JsRun.Engine.Operations;

/// <summary>The host reads one chunk of a stream of JavaScript.</summary>
internal sealed class StreamRead : ValueOperation
{
    private readonly TaskCompletionSource<object?> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StreamRead(TimeSpan cpuLimit, TimeSpan turnLimit)
    {
        CpuLimit = cpuLimit;
        TurnLimit = turnLimit;
    }

    public override string Name => "stream";

    public Task<object?> Result => _result.Task;

    public bool IsCompleted => _result.Task.IsCompleted;

    public override void Fail(Exception exception)
    {
        // The isolate may be stopped before its context says that the stream has ended.
        if (_result.TrySetException(exception is JsTerminatedException ? ScriptStreams.Gone() : exception))
        {
            _ = _result.Task.Exception;
        }
    }

    public override void CompleteValue(object? value) => _result.TrySetResult(value);
}
