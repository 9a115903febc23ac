using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using JsRun.Diagnostics;
using JsRun.Engine.Crossing;
using JsRun.Engine.HostFunctions;
using JsRun.Engine.Operations;
using JsRun.Scheduling;
using JsRun.Streams;
using JsRun.Values;

namespace JsRun.Engine.Contexts;

/// <summary>
/// The streams that cross as values: JavaScript's, which the host reads (<c>S</c>), and the host's, of values (<c>V</c>) and of bytes (<c>Y</c>). JavaScript's half is <c>JavaScript/src/crossing-streams</c>.
/// </summary>
internal sealed class HostStreamPort : IHostPort<HostStreamPort>, IHostStreamPeer
{
    private readonly V8Context _context;
    private readonly ConcurrentDictionary<int, HostStream> _values = [];
    private readonly ConcurrentDictionary<int, ByteStreamEntry> _bytes = [];
    private readonly ConditionalWeakTable<JsStreamSource, StrongBox<int>> _sent = [];
    private readonly PostedRefusals _refusals;
    private int _last;

    public HostStreamPort(V8Context context)
    {
        _context = context;
        _refusals = new PostedRefusals(context);
        Scripts = new ScriptStreams(context);
        context.Values.Keep('S', Scripts);
        context.Values.Keep('V', new HostStreamKeeper(value => TryShare(value, bytes: false)));
        context.Values.Keep('Y', new HostStreamKeeper(value => TryShare(value, bytes: true)));
    }

    /// <summary>Those of JavaScript.</summary>
    public ScriptStreams Scripts { get; }

    private StreamCounters? Counters { get; set; }

    /// <summary>Whether the event loop has nothing of them to wait for.</summary>
    public bool IsIdle => _refusals.Count == 0 && (_values.IsEmpty || _values.Values.All(static stream => stream.IsIdle));

    /// <summary>They belong to an embedder's runtime, which counts them and lives as long as one of them is held.</summary>
    public void Attach(RuntimeCounters counters, Func<object?> holder)
    {
        Counters = counters.HostStreams;
        Scripts.Counters = counters.JsStreams;
        Scripts.Holder = holder;
    }

    public static IReadOnlyList<HostOp> Ops { get; } = [HostOp.HostStreamPull, HostOp.HostStreamCancel, HostOp.HostStreamOpen];

    public static HostStreamPort Of(V8Context context) => context.Streams;

    public void Answer(in HostRequest request, in HostReply reply)
    {
        var id = request.GetInt32(1);
        switch (request.Op)
        {
            case HostOp.HostStreamPull when _values.TryGetValue(id, out var stream):
                var reader = request.Operation;
                stream.Reader = reader;
                stream.Pull(reader?.CallSite);
                break;
            case HostOp.HostStreamPull:
                _refusals.Post(() => _context.Enter(null, EntryOp.HostStreamItem, id, (int)HostStreamState.Closed, ""));
                break;
            case HostOp.HostStreamCancel:
                if (_values.TryRemove(id, out var cancelled))
                {
                    cancelled.Cancel();
                    Counters?.Closed();
                }

                break;
            case HostOp.HostStreamOpen:
                reply.Set(Open(id, request.Operation!));
                break;
            default:
                throw request.NotAnswered();
        }
    }

    public WireValue Write(object? item, Type declared)
    {
        var value = _context.Values.Write(item, declared);
        foreach (var bytes in value.Bytes ?? [])
        {
            Counters?.Moved(bytes.Length);
        }

        return value;
    }

    public void Post(IWorkItem item) => _context.Post(item);

    public void Answer(HostStream stream, HostStreamState state, WireValue item, Exception? error)
    {
        if (state != HostStreamState.Item && _values.TryRemove(stream.Id, out _))
        {
            Counters?.Closed();
        }

        var payload = error is null ? _context.Values.Send(item) : _context.Calls.Describe(error, "stream", stream.Reader as Operation)[1..];
        _context.Enter((Operation?)stream.Reader, EntryOp.HostStreamItem, stream.Id, (int)state, payload);
    }

    /// <summary>Nothing is read any more.</summary>
    public void Dispose()
    {
        foreach (var stream in _values.Values)
        {
            stream.Cancel();
            Counters?.Closed();
        }

        foreach (var entry in _bytes.Values)
        {
            entry.Discard();
            Counters?.Closed();
        }

        _values.Clear();
        _bytes.Clear();
        Scripts.Dispose();
    }

    /// <summary>Gives what is sent a number, the same as before where it was sent before.</summary>
    private int? TryShare(object value, bool bytes)
    {
        if (value is Stream or PipeReader != bytes && value is not JsStreamSource || JsStreamSource.TryFrom(value) is not { } source || source.Reader is not null != bytes)
        {
            return null;
        }

        if (source.IsClosed)
        {
            throw Closed();
        }

        if (!source.TryOwn(this))
        {
            throw new JsConversionException("A JsStreamSource belongs to another runtime: each runtime needs a source of its own.");
        }

        lock (_sent)
        {
            if (_sent.TryGetValue(source, out var known))
            {
                return _values.ContainsKey(known.Value) || _bytes.ContainsKey(known.Value) ? known.Value : throw Closed();
            }

            var id = ++_last;
            _sent.Add(source, new StrongBox<int>(id));
            if (source.Reader is { } reader)
            {
                _bytes[id] = new ByteStreamEntry(reader, source.Closed);
            }
            else
            {
                _values[id] = new HostStream(this, id, source.Items!, source.ItemType, new CancellationTokenSource(), source.Closed);
            }

            Counters?.Opened();
            return id;
        }
    }

    private static ObjectDisposedException Closed() => new(nameof(JsStreamSource), "Stream has been closed");

    private int Open(int id, Operation reader)
    {
        if (!_bytes.TryGetValue(id, out var entry))
        {
            return CrossingCode.None;
        }

        var source = _context.Bodies.AddSource(
            reader,
            entry.Count(Counters),
            () =>
            {
                EndBytes(id);
                return Task.CompletedTask;
            },
            reader.CallSite,
            isHosts: true);
        entry.Opened(source);
        return source.Id;
    }

    private void EndBytes(int id)
    {
        if (_bytes.TryRemove(id, out var entry))
        {
            entry.Discard();
            Counters?.Closed();
            _context.Post(new ActionItem(() => _context.Enter(null, EntryOp.HostStreamItem, id, (int)HostStreamState.BytesEnded, "")));
        }
    }
}
