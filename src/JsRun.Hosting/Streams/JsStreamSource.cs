using System.IO.Pipelines;
using System.Threading.Channels;
using JsRun.Streams;

namespace JsRun;

/// <summary>
/// Something of the host's that JavaScript reads as a <c>ReadableStream</c>: send it as any other value, as an argument, in an object, as a result. Nothing is read before JavaScript reads, and one item for each
/// read. Where JavaScript cancels, or the runtime ends, the enumerator is disposed of, and its token cancelled. Sent again to the same runtime it is the same stream. Such sources can also be sent as they are:
/// then each time is another stream. Thread-safe.
/// </summary>
public sealed class JsStreamSource : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private object? _owner;

    private JsStreamSource(IAsyncEnumerable<object?> items, Type itemType) => (Items, ItemType) = (items, itemType);

    private JsStreamSource(PipeReader reader) => Reader = reader;

    internal IAsyncEnumerable<object?>? Items { get; }

    /// <summary>What the items are declared as.</summary>
    internal Type ItemType { get; } = typeof(object);

    internal PipeReader? Reader { get; }

    internal bool IsClosed => _closed.IsCancellationRequested;

    internal CancellationToken Closed => _closed.Token;

    /// <summary>The first who asks gets it, and nobody else: two readers would each get a part.</summary>
    internal bool TryOwn(object owner) => Interlocked.CompareExchange(ref _owner, owner, null) is not { } other || ReferenceEquals(other, owner);

    /// <summary>A stream of values.</summary>
    /// <typeparam name="T">Their type: anything that can be sent.</typeparam>
    /// <param name="items">What is read, once.</param>
    /// <returns>The source.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="items"/> is <see langword="null"/>.</exception>
    public static JsStreamSource From<T>(IAsyncEnumerable<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return new JsStreamSource(items as IAsyncEnumerable<object?> ?? new BoxedItems<T>(items), typeof(T));
    }

    /// <summary>A stream of values.</summary>
    /// <typeparam name="T">Their type: anything that can be sent.</typeparam>
    /// <param name="items">What is read. Its completion ends the stream, with an error where it has one.</param>
    /// <returns>The source.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="items"/> is <see langword="null"/>.</exception>
    public static JsStreamSource From<T>(ChannelReader<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return From(items.ReadAllAsync());
    }

    /// <summary>A stream of bytes.</summary>
    /// <param name="bytes">What is read, and disposed of at the end.</param>
    /// <returns>The source.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="bytes"/> is <see langword="null"/>.</exception>
    public static JsStreamSource From(Stream bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return new JsStreamSource(PipeReader.Create(bytes));
    }

    /// <summary>A stream of bytes.</summary>
    /// <param name="bytes">What is read, and completed at the end.</param>
    /// <returns>The source.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="bytes"/> is <see langword="null"/>.</exception>
    public static JsStreamSource From(PipeReader bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return new JsStreamSource(bytes);
    }

    /// <summary>Ends it: JavaScript's reads fail, and it can no longer be sent. Letting go of the source without that ends nothing.</summary>
    public void Dispose() => _closed.Cancel();

    /// <summary>What is a stream where it is sent as a value.</summary>
    internal static JsStreamSource? TryFrom(object value) => value switch
    {
        JsStreamSource source => source,
        Stream bytes => From(bytes),
        PipeReader bytes => From(bytes),
        _ => BoxedItems.TryFrom(value),
    };
}
