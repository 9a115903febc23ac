using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using System.Threading.Channels;
using JsRun.Streams;
using JsRun.Values.Json;

namespace JsRun;

/// <summary>
/// A <c>ReadableStream</c> of JavaScript. It is read once, by one reader; nothing is asked of the stream before somebody reads, and one chunk for each read. Whoever stops early disposes of it, as
/// <c>await foreach</c> does: the stream is then cancelled in JavaScript. What nobody disposed of is cancelled when it is collected. Sent back, it is the same stream again.
/// See <see href="https://streams.spec.whatwg.org/#rs-class">Streams</see>. Thread-safe, but for reading.
/// </summary>
[JsonConverter(typeof(HandleConverter<JsStream>))]
public sealed class JsStream : IAsyncEnumerable<object?>, IAsyncDisposable
{
    private const int Reading = 1;
    private const int Over = 2;

    private readonly IScriptStreamOwner _owner;
    private int _state;

    internal JsStream(IScriptStreamOwner owner, int id)
    {
        _owner = owner;
        Id = id;
    }

    /// <summary>Cancels the stream, some time later.</summary>
    ~JsStream()
    {
        try
        {
            Cancel(null);
        }
        catch (Exception)
        {
            // What leaves a finaliser ends the process.
        }
    }

    internal int Id { get; }

    /// <summary>Lives as long as this does.</summary>
    internal object? Holder { get; init; }

    /// <summary>Gets a value that indicates whether the stream has ended, has failed, or has been disposed of.</summary>
    public bool IsClosed => Volatile.Read(ref _state) == Over;

    /// <summary>Reads the chunks; the end of the loop cancels what is left of the stream.</summary>
    /// <param name="cancellationToken">Ends the reading, and cancels the stream.</param>
    /// <returns>The chunks, as <see cref="IJsRuntime.EvaluateAsync(string, JsEvaluateOptions?, CancellationToken)"/> gives values. Throws <see cref="JavaScriptException"/> where the stream fails.</returns>
    /// <exception cref="InvalidOperationException">Somebody reads it already.</exception>
    public IAsyncEnumerator<object?> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (Interlocked.CompareExchange(ref _state, Reading, 0) == Reading)
        {
            throw new InvalidOperationException("The stream is being read already: a ReadableStream has one reader.");
        }

        return ReadToEndAsync(cancellationToken).GetAsyncEnumerator(CancellationToken.None);
    }

    /// <summary>Reads the chunks as a .NET type.</summary>
    /// <typeparam name="T">The type, read as results of evaluations are.</typeparam>
    /// <param name="cancellationToken">Ends the reading, and cancels the stream.</param>
    /// <returns>The chunks.</returns>
    /// <exception cref="JsConversionException">A chunk cannot be read as <typeparamref name="T"/>.</exception>
    public async IAsyncEnumerable<T?> ReadAllAsync<T>([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var chunk in this.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return _owner.ConvertTo<T>(chunk);
        }
    }

    /// <summary>The bytes of a stream whose chunks are <c>Uint8Array</c>s or <c>ArrayBuffer</c>s. Disposing of it cancels what is left.</summary>
    /// <returns>A stream that can be read asynchronously only.</returns>
    public Stream AsStream() => new ScriptByteStream(this);

    /// <summary>The same as <see cref="AsStream"/>, for readers of pipes. Completing it cancels what is left.</summary>
    /// <returns>The reader.</returns>
    public PipeReader AsPipeReader() => PipeReader.Create(AsStream());

    /// <summary>The chunks through a channel, which is filled in the background as far as its capacity goes.</summary>
    /// <typeparam name="T">The type of the chunks.</typeparam>
    /// <param name="capacity">How many chunks are read ahead, from 1. The default is 1.</param>
    /// <param name="cancellationToken">Ends the reading, and cancels the stream.</param>
    /// <returns>The channel, completed when the stream ends, with its error where it fails.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is less than 1.</exception>
    public ChannelReader<T?> AsChannelReader<T>(int capacity = 1, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        var channel = Channel.CreateBounded<T?>(new BoundedChannelOptions(capacity) { SingleWriter = true });
        // The channel ends with whatever it fails with.
        _ = FillAsync(channel.Writer, cancellationToken);
        return channel.Reader;
    }

    /// <summary>Cancels the stream in JavaScript, unless it has ended. A read that is under way ends as at the end of the stream.</summary>
    /// <param name="reason">What the stream's source is told; the default is <c>undefined</c>.</param>
    public void Cancel(string? reason)
    {
        if (Interlocked.Exchange(ref _state, Over) != Over)
        {
            _owner.Cancel(Id, reason);
        }
    }

    /// <summary>Cancels the stream, unless it has ended.</summary>
    /// <returns>A task that has ended.</returns>
    public ValueTask DisposeAsync()
    {
        Cancel(null);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    internal bool IsOwnedBy(IScriptStreamOwner owner) => ReferenceEquals(_owner, owner);

    private async IAsyncEnumerable<object?> ReadToEndAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            while (!IsClosed)
            {
                List<object?> read;
                try
                {
                    read = (List<object?>)(await _owner.ReadAsync(Id, cancellationToken).ConfigureAwait(false))!;
                }
                catch (JavaScriptException)
                {
                    End();
                    throw;
                }

                if (read.Count == 0)
                {
                    End();
                    yield break;
                }

                if (read[0] is byte[] bytes)
                {
                    _owner.Moved(bytes.Length);
                }

                yield return read[0];
            }
        }
        finally
        {
            Cancel(null);
        }
    }

    private void End()
    {
        if (Interlocked.Exchange(ref _state, Over) != Over)
        {
            _owner.Ended();
        }
    }

    private async Task FillAsync<T>(ChannelWriter<T?> writer, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var chunk in ReadAllAsync<T>(cancellationToken).ConfigureAwait(false))
            {
                await writer.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
            }

            writer.TryComplete();
        }
        catch (Exception e)
        {
            writer.TryComplete(e);
        }
    }
}
