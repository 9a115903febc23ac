using System.IO.Pipelines;
using JsRun.Scheduling;

namespace JsRun.Streams;

/// <summary>
/// Bytes on their way out of JavaScript: a streamed response, a subrequest's streamed body. JavaScript writes straight into the pipe's memory on the isolate's thread; the pump
/// flushes on the thread pool. Who holds the writer is guarded by the lock: while a flush is under way JavaScript's chunks are refused, so that it stops pulling.
/// </summary>
internal sealed class ByteSink(IByteStreamPeer peer, object owner, int id, TimeProvider time, TimeSpan idleTimeout) : IWorkItem
{
    // Between flushes; Kestrel's own buffer for a slow reader is as large.
    private const int FlushThreshold = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly AsyncSignal _signal = new();
    private PipeWriter? _writer;
    private int _unflushed;
    private bool _flushing;
    private bool _waiting;
    private bool _ended;
    private bool _readerGone;
    private bool _marked;
    private Exception? _error;

    public int Id { get; } = id;

    /// <summary>The operation that it belongs to.</summary>
    public object Owner { get; } = owner;

    /// <summary>The error with which it ended before the first chunk was taken, if there was one.</summary>
    public Exception? Failure
    {
        get
        {
            lock (_lock)
            {
                return _ended && _writer is null ? _error : null;
            }
        }
    }

    /// <summary>JavaScript offers a chunk.</summary>
    /// <returns>A number of <see cref="SinkState"/>.</returns>
    public int Write<T>(ref T chunk)
        where T : struct, ICopyOrigin, allows ref struct
    {
        lock (_lock)
        {
            if (_writer is null || _flushing || _readerGone || _ended)
            {
                _waiting = true;
                return SinkState.Refused;
            }

            _unflushed += chunk.WriteTo(_writer);
            if (!_marked)
            {
                _marked = true;
                peer.FlushAtEndOfTurn(this);
            }

            if (_unflushed < FlushThreshold)
            {
                return SinkState.GoOn;
            }

            _waiting = true;
            return SinkState.Wait;
        }
    }

    /// <summary>JavaScript has written all, or failed midway.</summary>
    public void End(Exception? error)
    {
        lock (_lock)
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
            _error = error;
        }

        _signal.Set();
    }

    /// <summary>The turn is over and no more data is ready: what was written goes out.</summary>
    public void Flush()
    {
        lock (_lock)
        {
            _marked = false;
            if (_unflushed == 0 || _flushing || _ended)
            {
                return;
            }

            _flushing = true;
        }

        _signal.Set();
    }

    /// <summary>Takes the writer and flushes until the end. Called once, off the isolate's thread.</summary>
    /// <exception cref="OperationCanceledException">The reader has gone.</exception>
    public async ValueTask PumpAsync(PipeWriter writer, CancellationToken cancellationToken)
    {
        using var idle = time.CreateGuardedTimer(this, static sink => sink.FailIdle(), idleTimeout, Timeout.InfiniteTimeSpan);
        using var gone = cancellationToken.UnsafeRegister(static state => ((ByteSink)state!).LoseReader(), this);
        Attach(writer);
        while (true)
        {
            await _signal.WaitAsync().ConfigureAwait(false);
            bool ended;
            lock (_lock)
            {
                ended = _ended;
                // From here on the isolate's thread keeps away from the writer.
                _flushing = true;
            }

            cancellationToken.ThrowIfCancellationRequested();
            idle.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            var result = await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
            if (result.IsCompleted && !ended)
            {
                LoseReader();
                throw new OperationCanceledException("The reader of the body has gone.");
            }

            if (ended && _error is not null)
            {
                // What came before it has been sent.
                throw _error;
            }

            if (ended)
            {
                return;
            }

            idle.Change(idleTimeout, Timeout.InfiniteTimeSpan);
            Resume();
        }
    }

    /// <summary>Nobody reads: JavaScript's stream is cancelled.</summary>
    public void LoseReader()
    {
        lock (_lock)
        {
            if (_readerGone || _ended)
            {
                _signal.Set();
                return;
            }

            _readerGone = true;
        }

        _signal.Set();
        peer.Post(this);
    }

    void IWorkItem.Run()
    {
        bool goOn;
        lock (_lock)
        {
            if (_ended)
            {
                return;
            }

            goOn = !_readerGone;
            if (goOn && (!_waiting || _flushing))
            {
                return;
            }

            _waiting = false;
        }

        if (peer.IsOpen)
        {
            peer.SinkReady(this, goOn);
        }
    }

    void IWorkItem.Drop()
    {
    }

    private void Attach(PipeWriter writer)
    {
        lock (_lock)
        {
            _writer = writer;
            if (_ended)
            {
                return;
            }
        }

        peer.Post(this);
    }

    private void Resume()
    {
        lock (_lock)
        {
            _unflushed = 0;
            _flushing = false;
            if (!_waiting || _ended)
            {
                return;
            }
        }

        peer.Post(this);
    }

    private void FailIdle()
    {
        End(new JsTimeoutException($"The response stream was silent for longer than JsRun:Limits:IdleTimeout ({idleTimeout})."));
        lock (_lock)
        {
            _readerGone = true;
        }

        peer.Post(new ActionItem(() =>
        {
            if (peer.IsOpen)
            {
                peer.SinkReady(this, false);
            }
        }));
    }
}
