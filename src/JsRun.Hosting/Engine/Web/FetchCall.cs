using System.Diagnostics;
using System.IO.Pipelines;
using JsRun.Engine.Contexts;
using JsRun.Engine.Operations;
using JsRun.Scheduling;
using JsRun.Streams;
using JsRun.WebApi.Fetch;

namespace JsRun.Engine.Web;

/// <summary>One call of <c>fetch</c>: posted out to the thread pool, and back as a message.</summary>
internal sealed class FetchCall(FetchPort port, V8Context context, Operation operation, int id, FetchRequest request, ByteSink? upload, Pipe? pipe) : IWorkItem
{
    // Not disposed of: it has no timer, so nothing leaks, and the end of a dropped call races with the abort on another thread.
    private readonly CancellationTokenSource _cancellation = new();
    private FetchResult? _result;
    private Exception? _error;
    private bool _aborted;

    public int Id { get; } = id;

    public Operation Operation { get; } = operation;

    public void Start()
    {
        if (upload is not null)
        {
            UploadAsync().Forget(context.Isolate.Services.Logger);
        }

        SendAsync().Forget(context.Isolate.Services.Logger);
    }

    /// <summary>It is not to be sent: the answer is an error.</summary>
    public void Refuse(Exception error)
    {
        _error = error;
        pipe?.Reader.Complete();
        context.Post(this);
    }

    /// <summary>JavaScript wants no answer. On the isolate's thread.</summary>
    public void Abort()
    {
        _aborted = true;
        _cancellation.CancelAsync().Forget();
    }

    void IWorkItem.Run()
    {
        if (!port.End(this) || _aborted)
        {
            DisposeResultAsync().Forget(context.Isolate.Services.Logger);
            return;
        }

        if (_result is null)
        {
            port.Failed(this, _error!);
            DisposeResultAsync().Forget(context.Isolate.Services.Logger);
            return;
        }

        var body = _result.Body is null ? null : PipeReader.Create(_result.Body, new StreamPipeReaderOptions(bufferSize: 16 * 1024, leaveOpen: true));
        port.Done(this, _result, body, DisposeResultAsync);
    }

    void IWorkItem.Drop() => DisposeResultAsync().Forget();

    private async Task SendAsync()
    {
        // The client adds the trace context of the activity that is current.
        Activity.Current = Operation.Activity;
        try
        {
            _result = await context.Isolate.Services.Fetch.SendAsync(request, context.Options.Caller, _cancellation.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _error = e;
        }

        context.Post(this);
    }

    private async Task UploadAsync()
    {
        Exception? error = null;
        try
        {
            await upload!.PumpAsync(pipe!.Writer, _cancellation.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            error = e;
        }

        await pipe!.Writer.CompleteAsync(error).ConfigureAwait(false);
    }

    private async Task DisposeResultAsync()
    {
        try
        {
            await _cancellation.CancelAsync().ConfigureAwait(false);
            if (_result is not null)
            {
                await _result.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
            // A handler's own content may fail to be closed: the script has had what there was.
        }
    }
}
