using System.Text.Json;
using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;
using JsRun.Engine.Operations;
using JsRun.Groups;
using JsRun.Limits;
using JsRun.Pooling;
using JsRun.Scheduling;
using JsRun.Streams;
using JsRun.WebApi.Fetch;

namespace JsRun.Functions;

/// <summary>
/// One request on its isolate: from the mailbox into JavaScript, until the response has ended and every <c>waitUntil</c> promise has settled. The lease goes back exactly once.
/// </summary>
/// <param name="definition">The function.</param>
/// <param name="request">The request.</param>
/// <param name="lease">Its lease.</param>
/// <param name="began">When the request came, by the services' clock.</param>
/// <param name="caller">The caller leaves.</param>
internal sealed class FunctionInvocation(
    EdgeFunctionDefinition definition,
    EdgeFunctionRequest request,
    PoolLease<PooledIsolate> lease,
    long began,
    CancellationToken caller) : RequestOperation, IWorkItem, ILeaseHolder
{
    private readonly TaskCompletionSource<FunctionResponse?> _response = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PooledIsolate _isolate = lease.Isolate;
    private readonly Lock _bodyLock = new();
    private FunctionContext? _home;
    private ByteSource? _body;
    private string? _loop;
    private bool _bodyClosed;
    private InvocationEnd? _end;
    private volatile bool _streams;

    public override string Name => definition.Name;

    public override string RequestId => request.RequestId;

    public override string Token => request.Token;

    public override string Loop => _loop ??= FetchLoop.Of(request.Headers);

    /// <summary>The end of the invocation.</summary>
    public InvocationEnd Ending => _end ?? Interlocked.CompareExchange(ref _end, new InvocationEnd(this, definition, _isolate, began), null) ?? _end;

    /// <summary>Gets whether the answer is there.</summary>
    public bool HasAnswered => _response.Task is { IsCompletedSuccessfully: true, Result: not null };

    /// <summary>Gets whether a time limit of the endpoint's own has passed, which cancels the caller's token too.</summary>
    public bool IsPastLimit => request.TimeLimit.IsCancellationRequested;

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

    /// <inheritdoc/>
    public bool AwaitsClient => _streams || _body is { IsReading: true };

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
            if (!_isolate.MakeRoom(definition))
            {
                _response.TrySetResult(null);
                lease.Refuse();
                return;
            }

            _home = _isolate.ShelfOf(definition).Take();
        }
        catch (Exception e)
        {
            // It must not be begun anew elsewhere: that would fail for the same reason, again and again.
            Fail(_isolate.Isolate.Entries.LoseIfFatal(e, Name));
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
        if (Ending.IsFinished)
        {
            return;
        }

        if (_response.Task.IsCompleted)
        {
            Finish();
            return;
        }

        context.Add(this);
        if (!definition.SharesContext)
        {
            context.Waits.Watch(this);
        }

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
        context.Enter(this, EntryOp.HandleRequest, Id, definition.Graph.EntryUrl, request.Method, request.Url, request.Headers, _body?.Id ?? CrossingCode.None, parameters, request.RequestId, request.CallerText ?? (request.Caller is { } sender ? CallerJson.Write(sender) : ""));
        if (!context.IsOpen)
        {
            Finish();
        }
        else if (definition.Context.Shared.IsStopping)
        {
            Ending.TellOfStop();
        }
    }

    public override void Respond(ResponseHead head, BodyKind kind, string? text, byte[]? bytes, long length)
    {
        var sink = kind == BodyKind.Stream ? Context!.Bodies.FindSink(Id) : null;
        if (sink is not null && !lease.MayStream())
        {
            Displace("Open streams and slow uploads hold JsRun:Pool:MaxStreamPercent of the leases, and most others are out.");
            return;
        }

        _streams = sink is not null;
        var response = new FunctionResponse(this, head, kind, text, bytes, length, sink);
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

        if (_isolate.Isolate.IsLost || Context is { IsLost: true })
        {
            Finish();
        }
    }

    public override void Blocked(InterruptReason reason)
    {
        CancelCalls();
        Fail(Interrupted(reason));
    }

    public override void Interrupt(InterruptReason reason)
    {
        base.Interrupt(reason);
        GiveUp();
    }

    public override void HandlerFailed(ScriptError error)
    {
        definition.Trial?.Failed(error);
        TryFail(error.ToException(Context?.FindHostError));
    }

    public override void RequestRefused() => TryFail(new EdgeFunctionRequestException($"'{request.Url}' is not a valid URL."));

    public override void WaitUntil() => Ending.WaitUntil();

    public override void Settled() => Ending.Settled();

    public override void GiveUp() => Ending.Post();

    public override void ReaderGone() => Ending.ReaderGone();

    public override void EntryEnded() => Ending.EntryEnded();

    public override void Stalled() => Ending.Stalled();

    public override void TimeoutsEnded() => Ending.LetGo();

    /// <summary>From here on nothing is asked of the host for it.</summary>
    public void BeOver() => IsOver = true;

    /// <summary>The pipeline's token, which is the one wall clock, or the caller's. From any thread.</summary>
    public void Expire(CancellationToken cancellationToken)
    {
        _response.TrySetCanceled(cancellationToken);
        Ending.Cancel(caller.IsCancellationRequested ? Ending.KindOfLeaving : AbortKind.TimedOut);
    }

    /// <summary>There is no answer but this.</summary>
    /// <returns>Whether there was none before.</returns>
    public bool TryFail(Exception exception)
    {
        var first = _response.TrySetException(exception);
        _ = _response.Task.Exception;
        return first;
    }

    /// <summary>Its client keeps its lease no longer. From any thread.</summary>
    public void StreamEnded() => _streams = false;

    /// <inheritdoc/>
    public void Displace(string reason)
    {
        Fail(new JsPoolExhaustedException($"'{Name}' was ended to free its lease. {reason}"));
        Ending.Cancel(AbortKind.Displaced);
    }

    /// <summary>Lets go of the context and gives the lease back. On the isolate's thread, or anywhere once the isolate is gone.</summary>
    public void Finish()
    {
        if (!Ending.TryFinish())
        {
            return;
        }

        if (!_isolate.Isolate.IsLost)
        {
            if (Context is { } context)
            {
                Ending.Leave(context);
            }

            _home?.Leave(this);
        }

        lease.Release();
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
