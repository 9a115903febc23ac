using System.IO.Pipelines;
using JsRun.Engine.Crossing;
using JsRun.Engine.Operations;
using JsRun.Scheduling;
using JsRun.Streams;

namespace JsRun.Engine.Contexts;

/// <summary>The bodies that a context reads and writes: bytes that come out of pipes, and bytes that go into them. On the isolate's thread, except <see cref="Post"/>.</summary>
internal sealed class ContextBodies(V8Context context) : IByteStreamPeer
{
    private readonly Dictionary<int, ByteSource> _sources = [];
    private readonly Dictionary<int, ByteSink> _sinks = [];
    private readonly PostedRefusals _refusals = new(context);
    private int _lastSource;

    /// <summary>Bodies that are open. May be asked from any thread, and is then a moment old.</summary>
    public int Open => _sources.Count + _sinks.Count;

    public bool IsReading => _sources.Count > 0;

    /// <summary>Whether JavaScript waits for bytes.</summary>
    public bool IsAwaited => _refusals.Count > 0 || _sources.Values.Any(static s => s.IsAwaited);

    public bool IsOpen => context.IsOpen;

    public void Post(IWorkItem item) => context.Post(item);

    public ByteSource AddSource(Operation operation, PipeReader reader, Func<Task>? onClosed = null, ExecutionContext? site = null, bool isHosts = false)
    {
        var source = new ByteSource(this, operation, ++_lastSource, reader, onClosed, site, isHosts);
        _sources.Add(source.Id, source);
        return source;
    }

    public ByteSource? FindSource(int id) => _sources.GetValueOrDefault(id);

    /// <summary>Whether JavaScript waits for bytes that belong to the operation.</summary>
    public bool IsAwaitedFor(Operation operation) => _sources.Values.Any(s => s.IsAwaited && ReferenceEquals(s.Owner, operation));

    /// <summary>JavaScript wants bytes of a source that is gone with what it belonged to.</summary>
    public void Refuse(int id)
    {
        var operation = context.Current;
        _refusals.Post(() => context.Enter(operation, EntryOp.SourceReady, id, SourceState.Failed, ByteSource.Closed));
    }

    /// <summary>Pending reads and writes of bytes that belong to the operation fail.</summary>
    public void Reject(Operation operation, Operation behalf)
    {
        foreach (var source in _sources.Values.Where(s => s.IsAwaited && ReferenceEquals(s.Owner, operation)).ToArray())
        {
            RemoveSource(source);
            context.Enter(behalf, EntryOp.SourceReady, source.Id, SourceState.Failed, ByteSource.Closed);
        }
    }

    public void RemoveSource(ByteSource source)
    {
        if (_sources.Remove(source.Id))
        {
            _ = source.CloseAsync();
        }
    }

    public ByteSink AddSink(Operation operation, int id)
    {
        var sink = new ByteSink(this, operation, id, context.Isolate.Services.Time, context.Options.Limits.IdleTimeout);
        _sinks.Add(id, sink);
        return sink;
    }

    public ByteSink? FindSink(int id) => _sinks.GetValueOrDefault(id);

    public void SourceReady(ByteSource source, int count, Exception? error)
    {
        if (_sources.ContainsKey(source.Id))
        {
            if (count > 0 && !source.Copy(context.Transfer))
            {
                // Closed in this very moment: that comes as an error of its own.
                source.Pull(count);
                return;
            }

            var (message, isHostError) = count == SourceState.Failed ? Describe(source, error) : default;
            context.Enter((Operation)source.Owner, EntryOp.SourceReady, source.Id, count, message, isHostError);
        }
    }

    private (string Message, bool IsHostError) Describe(ByteSource source, Exception? error) =>
        error is null ? (ByteSource.Closed, false)
        : source.IsHosts || !BodyFailure.IsForScripts(error) ? (context.Calls.Describe(error, "stream", source.Owner as Operation)[1..], true)
        : (error.Message, false);

    public void SinkReady(ByteSink sink, bool goOn)
    {
        if (_sinks.ContainsKey(sink.Id))
        {
            if (!goOn && sink.Owner is RequestOperation operation && sink.Id == operation.Id)
            {
                operation.ReaderGone();
            }

            context.Enter((Operation)sink.Owner, EntryOp.SinkReady, sink.Id, goOn);
        }
    }

    public void FlushAtEndOfTurn(ByteSink sink) => context.Isolate.FlushAtEndOfTurn(sink);

    /// <summary>Closes the operation's.</summary>
    public void Release(Operation operation)
    {
        foreach (var sink in _sinks.Values.Where(s => ReferenceEquals(s.Owner, operation)).ToArray())
        {
            _sinks.Remove(sink.Id);
        }

        foreach (var source in _sources.Values.Where(s => ReferenceEquals(s.Owner, operation)).ToArray())
        {
            RemoveSource(source);
        }
    }

    public void Close()
    {
        foreach (var source in _sources.Values)
        {
            _ = source.CloseAsync();
        }
    }
}
