using System.IO.Pipelines;
using JsRun.Scheduling;

namespace JsRun.Streams;

/// <summary>
/// Bytes on their way into JavaScript: a request's body, a subrequest's response. JavaScript pulls; what is there is announced, then copied once, straight from the
/// pipe's memory. The reader is used by the isolate's thread, or by one pending read, never by both.
/// </summary>
internal sealed class ByteSource(IStreamPort port, object owner, int id, PipeReader reader, Func<Task>? onClosed = null) : IWorkItem
{
    private readonly Lock _lock = new();
    private ReadResult _result;
    private long _announced;
    private string? _error;
    private bool _reading;
    private bool _closing;
    private TaskCompletionSource? _closed;
    private int _wanted;

    public int Id { get; } = id;

    /// <summary>The operation that it belongs to.</summary>
    public object Owner { get; } = owner;

    /// <summary>JavaScript wants bytes.</summary>
    /// <returns>Their number now; 0 at the end; <see cref="Engine.Crossing.Pending"/> or <see cref="Engine.Crossing.Failed"/> where <c>SourceReady</c> follows.</returns>
    public int Pull(int most)
    {
        lock (_lock)
        {
            if (_closing)
            {
                return 0;
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
                _reading = false;
                return (int)_announced;
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _error = e.Message;
            port.Post(this);
            return SourceState.Failed;
        }

        _ = ReadAsync();
        return SourceState.Pending;
    }

    /// <summary>Copies what was announced, as far as there is room.</summary>
    public void Copy(ICopyTarget target)
    {
        if (_announced <= 0)
        {
            return;
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
                return _closed.Task;
            }
        }

        reader.CancelPendingRead();
        return _closed.Task;
    }

    void IWorkItem.Run()
    {
        lock (_lock)
        {
            _reading = false;
            if (_closing)
            {
                _ = EndAsync();
                return;
            }
        }

        if (port.IsOpen)
        {
            port.SourceReady(this, _error is null ? (int)_announced : SourceState.Failed, _error);
        }
    }

    void IWorkItem.Drop()
    {
        lock (_lock)
        {
            _reading = false;
            if (!_closing)
            {
                _closing = true;
                _closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        _ = EndAsync();
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync().ConfigureAwait(false);
                if (result.IsCanceled || Announce(result))
                {
                    break;
                }
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _error = e.Message;
        }

        port.Post(this);
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
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The connection has gone already: there is nothing left to close.
        }
        finally
        {
            _closed!.TrySetResult();
        }
    }
}
