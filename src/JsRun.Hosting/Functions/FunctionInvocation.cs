using System.Text.Json;
using JsRun.Engine;
using JsRun.Limits;
using JsRun.Pooling;
using JsRun.Scheduling;
using JsRun.Streams;
using JsRun.WebApi.Fetch;

namespace JsRun.Functions;

/// <summary>
/// One request on its isolate: from the mailbox into JavaScript, until the response has ended and every <c>waitUntil</c> promise has settled. The lease goes back exactly once.
/// </summary>
internal sealed class FunctionInvocation(EdgeFunctionDefinition definition, EdgeFunctionRequest request, PoolLease lease, CancellationToken caller) : Operation, IWorkItem
{
    private readonly TaskCompletionSource<FunctionResponse?> _response = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FunctionIsolate _isolate = (FunctionIsolate)lease.Isolate;
    private readonly Lock _bodyLock = new();
    private FunctionContext? _home;
    private ByteSource? _body;
    private ITimer? _patience;
    private string? _loop;
    private bool _bodyClosed;
    private bool _finished;
    private bool _waits;
    private int _cancelled;

    public override string Name => definition.Name;

    public override string RequestId => request.RequestId;

    public override string Loop => _loop ??= FetchLoop.Of(request.Headers);

    /// <summary>The answer; <see langword="null"/> where the isolate went before the request was begun: it can be begun elsewhere.</summary>
    public Task<FunctionResponse?> Response => _response.Task;

    /// <summary>Has the request's body read no more: once the task has ended it belongs to the caller again. From any thread.</summary>
    public Task CloseBodyAsync()
    {
        lock (_bodyLock)
        {
            _bodyClosed = true;
            return _body?.CloseAsync() ?? Task.CompletedTask;
        }
    }

    bool IWorkItem.CanMove => true;

    void IWorkItem.Run()
    {
        if (_response.Task.IsCompleted)
        {
            Finish();
            return;
        }

        try
        {
            _home = _isolate.ShelfOf(definition).Take();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // It must not be begun anew elsewhere: that would fail for the same reason, again and again.
            Fail(_isolate.Engine.Entries.LoseIfFatal(e, Name));
            Finish();
            return;
        }

        _home.Serve(this);
    }

    void IWorkItem.Drop()
    {
        _response.TrySetResult(null);
        lease.Release();
    }

    /// <summary>The context is ready. On the isolate's thread.</summary>
    public void Begin(V8Context context)
    {
        if (_finished)
        {
            return;
        }

        if (_response.Task.IsCompleted)
        {
            Finish();
            return;
        }

        context.Add(this);
        if (request.Body is { } body)
        {
            lock (_bodyLock)
            {
                if (!_bodyClosed)
                {
                    _body = context.Bodies.AddSource(this, body);
                }
            }
        }

        var parameters = request.Params is { Count: > 0 } values ? JsonSerializer.Serialize(values, RequestJson.Default.IReadOnlyDictionaryStringString) : "";
        context.Enter(this, EntryOp.HandleRequest, Id, definition.Graph.EntryUrl, request.Method, request.Url, request.Headers, _body?.Id ?? Crossing.None, parameters, request.RequestId, request.Caller is { } sender ? CallerJson.Write(sender) : "");
        if (!context.IsOpen)
        {
            Finish();
        }
    }

    public override void Respond(int status, string headers, EdgeFunctionBodyKind kind, string? text, byte[]? bytes, long length)
    {
        var sink = kind == EdgeFunctionBodyKind.Stream ? Context!.Bodies.FindSink(Id) : null;
        var response = new FunctionResponse(this, status, headers, kind, text, bytes, length, sink);
        if (sink is null)
        {
            Answer(response);
        }
        else
        {
            // The first pull is under way: if it fails at once there is still time for another status.
            Context!.AfterEntry(() =>
            {
                if (sink.Failure is { } failure)
                {
                    _response.TrySetException(failure);
                    _ = _response.Task.Exception;
                    return;
                }

                Answer(response);
            });
        }
    }

    public override void Fail(Exception exception)
    {
        if (!_response.TrySetException(exception))
        {
            // The response has begun: it ends visibly incomplete.
            if (_response.Task is { IsCompletedSuccessfully: true, Result: { } response })
            {
                response.Fail(exception);
            }
        }
        else
        {
            _ = _response.Task.Exception;
        }

        if (_isolate.Engine.IsLost || Context is { IsLost: true })
        {
            Finish();
        }
    }

    public override void Blocked(InterruptReason reason)
    {
        CancelCalls();
        Fail(Interrupted(reason));
    }

    public override void Cut(InterruptReason reason)
    {
        base.Cut(reason);
        Settled();
    }

    public override void HandlerFailed(ScriptError error)
    {
        _response.TrySetException(error.ToException(Context?.FindHostError));
        _ = _response.Task.Exception;
    }

    public override void RequestRefused()
    {
        _response.TrySetException(new EdgeFunctionRequestException($"'{request.Url}' is not a valid URL."));
        _ = _response.Task.Exception;
    }

    public override void WaitUntil() => _waits = true;

    public override void Settled() => _isolate.Engine.Post(new ActionItem(Finish, Finish));

    /// <summary>The pipeline's token, which is the one wall clock, or the caller's. From any thread.</summary>
    public void Expire(CancellationToken cancellationToken)
    {
        _response.TrySetCanceled(cancellationToken);
        Cancel(caller.IsCancellationRequested ? AbortKind.ClientGone : AbortKind.TimedOut);
    }

    /// <summary>The caller has gone, the time is up, or the host is stopping. From any thread; the first counts.</summary>
    public void Cancel(AbortKind kind)
    {
        if (Interlocked.Exchange(ref _cancelled, 1) != 0)
        {
            return;
        }

        CancelCalls();
        if (kind == AbortKind.Stopping)
        {
            Fail(new JsTerminatedException("The host is stopping."));
        }

        var engine = _isolate.Engine;
        if (kind != AbortKind.ClientGone)
        {
            // A client that leaves must not cost its neighbours their isolate: what it left running has its CPU limit.
            engine.Entries.Interrupt(this, kind == AbortKind.TimedOut ? InterruptReason.Timeout : InterruptReason.Stopping);
        }

        engine.Post(new ActionItem(() => AbortOnThread(kind), Finish));
    }

    /// <summary>The response has been written, or given up. From any thread.</summary>
    public void ResponseEnded(bool complete)
    {
        if (!complete)
        {
            Cancel(AbortKind.ClientGone);
            return;
        }

        if (_waits && !_finished)
        {
            // The longest silence of waitUntil.
            _patience = _isolate.Engine.Services.Time.CreateTimer(
                static state => ((FunctionInvocation)state!).Settled(),
                this,
                definition.Limits.IdleTimeout,
                Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Lets go of the context and gives the lease back. On the isolate's thread, or anywhere once the isolate is gone.</summary>
    public void Finish()
    {
        if (_finished)
        {
            return;
        }

        _finished = true;
        _patience?.Dispose();
        if (!_isolate.Engine.IsLost)
        {
            if (Context is { } context)
            {
                if (definition.Isolation == JsIsolation.Shared)
                {
                    context.Enter(this, EntryOp.Release, Id);
                }

                context.Release(this, livesOn: definition.Isolation == JsIsolation.Shared);
            }

            _home?.Leave(this);
        }

        lease.Release();
    }

    private void AbortOnThread(AbortKind kind)
    {
        if (_finished || Context is not { IsOpen: true } context)
        {
            // It never began, or its isolate is lost.
            Finish();
            return;
        }

        if (IsCut)
        {
            Finish();
            return;
        }

        // Its listeners may run, within the limit of CPU time.
        _isolate.Engine.Entries.Forgive(this);
        context.Enter(this, EntryOp.Abort, Id, (int)kind, kind switch
        {
            AbortKind.TimedOut => "The request took longer than its limit.",
            AbortKind.Stopping => "The host is stopping.",
            _ => "The client has gone.",
        });
        if (kind == AbortKind.ClientGone && _waits)
        {
            ResponseEnded(complete: true);
            return;
        }

        // What the abort set going (a catch block, a stream's cancel) has run: its microtasks ended with the entry.
        Finish();
    }

    private void Answer(FunctionResponse response)
    {
        if (!_response.TrySetResult(response))
        {
            // It came too late: nobody will read the stream.
            response.Abandon();
        }
    }
}
