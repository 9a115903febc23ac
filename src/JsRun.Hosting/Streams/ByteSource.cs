using System.IO.Pipelines;
using JsRun.Scheduling;

namespace JsRun.Streams;

/// <summary>
/// Bytes on their way into JavaScript: a request's body, a subrequest's response. JavaScript pulls; what is there is announced, then copied once, straight from the
/// pipe's memory. The reader is used by the isolate's thread, or by one pending read, never by both.
/// </summary>
internal sealed class ByteSource(IByteStreamPeer peer, object owner, int id, PipeReader reader, Func<Task>? onClosed = null, ExecutionContext? site = null, bool isHosts = false) : IWorkItem
{
    /// <summary>The error that readers get once nothing can be read any more.</summary>
    public const string Closed = "The body can no longer be read: what it belonged to has ended";

    private readonly Lock _lock = new();
    private ReadResult _result;
    private long _announced;
    private Exception? _error;
    private bool _reading;
    private volatile bool _closing;
    private TaskCompletionSource? _closed;
    private int _wanted;

    public int Id { get; } = id;

    /// <summary>The operation that it belongs to.</summary>
    public object Owner { get; } = owner;

    /// <summary>Gets whether JavaScript waits for an answer. On the isolate's thread.</summary>
    public bool IsAwaited { get; private set; }

    /// <summary>Gets whether JavaScript waits for bytes that have not come. From any thread, and then a moment old.</summary>
    public bool IsReading => Volatile.Read(ref _reading) && !_closing;

    /// <summary>Gets whether the bytes are those of a stream that the host handed over: what it throws is then told like an error of a host function.</summary>
    public bool IsHosts { get; } = isHosts;

    /// <summary>JavaScript wants bytes.</summary>
    /// <returns>Their number now; 0 at the end; <see cref="SourceState.Pending"/> or <see cref="SourceState.Failed"/> where <c>SourceReady</c> follows.</returns>
    public int Pull(int most)
    {
        var count = Read(most);
        IsAwaited = count < 0;
        return count;
    }

    private int Read(int most)
    {
        lock (_lock)
        {
            if (_closing)
            {
                // Never as if the body had ended: it may have been longer.
                peer.Post(this);
                return SourceState.Failed;
            }

            if (_reading || _announced > 0)
            {
                return SourceState.Pending;
            }

            _reading = true;
        }

        _wanted = Math.Max(1, most);
        try
        {
            if (reader.TryRead(out var result) && Announce(result))
            {
                var count = (int)_announced;
                EndRead();
                return count;
            }
        }
        catch (Exception e)
        {
            _error = e;
            EndRead();
            peer.Post(this);
            return SourceState.Failed;
        }

        if (site is null)
        {
            // It catches all, as EndAsync does.
            _ = ReadAsync();
        }
        else
        {
            // The host's own stream is read in the execution context of the script's caller.
            ExecutionContext.Run(site, static source => _ = ((ByteSource)source!).ReadAsync(), this);
        }

        return SourceState.Pending;
    }

    /// <summary>Copies what was announced, as far as there is room.</summary>
    /// <returns>Whether it was still there: once the source is closed, the memory belongs to others.</returns>
    public bool Copy(ICopyTarget target)
    {
        lock (_lock)
        {
            if (_closing || _announced <= 0)
            {
                return false;
            }

            var taken = _result.Buffer.Slice(0, Math.Min(_announced, target.Length));
            var offset = 0L;
            foreach (var segment in taken)
            {
                target.Write(segment.Span, offset);
                offset += segment.Length;
            }

            _announced = 0;
            reader.AdvanceTo(taken.End);
            _result = default;
            return true;
        }
    }

    /// <summary>Nobody reads on. The task ends when the reader is no longer used.</summary>
    public Task CloseAsync()
    {
        lock (_lock)
        {
            if (_closing)
            {
                return _closed?.Task ?? Task.CompletedTask;
            }

            _closing = true;
            _closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!_reading)
            {
                _ = EndAsync();
            }
            else
            {
                reader.CancelPendingRead();
            }

            return _closed.Task;
        }
    }

    void IWorkItem.Run()
    {
        IsAwaited = false;
        if (peer.IsOpen)
        {
            var failed = _closing || _error is not null;
            peer.SourceReady(this, failed ? SourceState.Failed : (int)_announced, _closing ? null : _error);
        }
    }

    void IWorkItem.Drop() => _ = CloseAsync();

    private async Task ReadAsync()
    {
        try
        {
            // The read before may have consumed the cancellation of the caller that closed the source.
            while (!_closing)
            {
                var result = await reader.ReadAsync().ConfigureAwait(false);
                if (result.IsCanceled || Announce(result))
                {
                    break;
                }
            }
        }
        catch (Exception e)
        {
            _error = e;
        }

        // Here and not in the message: a caller that closes the source must not wait for an isolate that may be in a long turn.
        EndRead();
        peer.Post(this);
    }

    // The reader is no longer in use: the tasks that wait for that complete.
    private void EndRead()
    {
        lock (_lock)
        {
            _reading = false;
            if (!_closing)
            {
                return;
            }
        }

        _ = EndAsync();
    }

    // Holds the result until it is copied. An empty result that is not the end says nothing.
    private bool Announce(in ReadResult result)
    {
        var length = result.Buffer.Length;
        if (length == 0)
        {
            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            _announced = 0;
            return result.IsCompleted;
        }

        _result = result;
        _announced = Math.Min(length, _wanted);
        return true;
    }

    private async Task EndAsync()
    {
        try
        {
            if (_announced > 0)
            {
                _announced = 0;
                reader.AdvanceTo(_result.Buffer.Start);
                _result = default;
            }

            if (onClosed is not null)
            {
                await onClosed().ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
            // The connection has gone already: there is nothing left to close.
        }
        finally
        {
            _closed!.TrySetResult();
        }
    }
}
