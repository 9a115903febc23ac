using System.Collections.Concurrent;
using JsRun.Diagnostics;
using JsRun.Engine.Crossing;
using JsRun.Engine.HostFunctions;
using JsRun.Engine.Operations;
using JsRun.Scheduling;
using JsRun.Streams;
using JsRun.Values;
using Microsoft.ClearScript;

namespace JsRun.Engine.Contexts;

/// <summary>The streams of a context's JavaScript that the host has been given. Thread-safe.</summary>
internal sealed class ScriptStreams(V8Context context) : IScriptStreamOwner, IReferenceKeeper
{
    private readonly ConcurrentDictionary<StreamRead, bool> _reads = [];
    // What runs on behalf of a reader may take as much as what gave him the stream.
    private TimeSpan _cpuLimit = Timeout.InfiniteTimeSpan;

    /// <summary>Counts them; <see langword="null"/> where nobody asks.</summary>
    public StreamCounters? Counters { get; set; }

    /// <summary>Returns the object that may not be collected while one of them is held.</summary>
    public Func<object?>? Holder { get; set; }

    public object Read(int id)
    {
        Counters?.Opened();
        _cpuLimit = context.Current?.CpuLimit ?? _cpuLimit;
        return new JsStream(this, id) { Holder = Holder?.Invoke() };
    }

    public bool TryWrite(object value, out int id)
    {
        id = 0;
        if (value is not JsStream stream)
        {
            return false;
        }

        if (!stream.IsOwnedBy(this))
        {
            throw new JsConversionException("A JsStream belongs to another runtime: read it, and send what was read.");
        }

        if (stream.IsClosed)
        {
            throw new ObjectDisposedException(nameof(JsStream), "Stream has been closed");
        }

        id = stream.Id;
        return true;
    }

    public async ValueTask<object?> ReadAsync(int id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var read = new StreamRead(_cpuLimit, context.TurnLimit);
        _reads[read] = true;
        context.Post(new ActionItem(
            () =>
            {
                if (read.IsCompleted)
                {
                    return;
                }

                if (!context.IsOpen)
                {
                    read.Fail(Gone());
                    return;
                }

                context.Add(read);
                context.Enter(read, EntryOp.StreamRead, read.Id, id);
            },
            () => read.Fail(Gone())));
        try
        {
            using var registration = cancellationToken.UnsafeRegister(static (state, token) => ((StreamRead)state!).Fail(new OperationCanceledException(token)), read);
            return await read.Result.ConfigureAwait(false);
        }
        finally
        {
            _reads.TryRemove(read, out _);
            context.Post(new ActionItem(() => context.Forget(read)));
        }
    }

    public void Cancel(int id, string? reason)
    {
        Counters?.Closed();
        context.Post(new ActionItem(() => context.Enter(new StreamRead(_cpuLimit, context.TurnLimit), EntryOp.StreamCancel, id, reason is null ? Undefined.Value : $"'{reason}")));
    }

    public void Ended() => Counters?.Closed();

    public void Moved(long bytes) => Counters?.Moved(bytes);

    public T? ConvertTo<T>(object? value) => ResultConverter.To<T>(value, context.Values.Json);

    /// <summary>Readers get the error that there is nothing left to read.</summary>
    public void Dispose()
    {
        foreach (var read in _reads.Keys)
        {
            read.Fail(Gone());
        }
    }

    public static ObjectDisposedException Gone() => new(nameof(JsStream), "The stream's runtime has been closed");
}
