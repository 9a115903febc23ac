using JsRun.Scheduling;
using JsRun.Values;

namespace JsRun.Streams;

/// <summary>
/// Values of the host on their way into JavaScript. It pulls, and each pull moves the enumerator once, on the thread pool: never on the isolate's thread, and never two at a time. It ends there too.
/// </summary>
internal sealed class HostStream : IWorkItem
{
    private readonly IHostStreamPeer _peer;
    private readonly IAsyncEnumerable<object?> _items;
    private readonly Type _itemType;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenRegistration _closed;
    private readonly Lock _lock = new();
    private IAsyncEnumerator<object?>? _enumerator;
    private HostStreamState _state;
    private WireValue _item;
    private Exception? _error;
    private bool _moving;
    private bool _over;
    private volatile bool _awaited;
    private ExecutionContext? _site;

    /// <param name="peer">JavaScript's side.</param>
    /// <param name="id">What JavaScript knows it by.</param>
    /// <param name="items">What is read.</param>
    /// <param name="itemType">What the items are declared as.</param>
    /// <param name="stop">Tells the enumerator that nobody reads on; disposed of at the end.</param>
    /// <param name="closed">The host takes the stream back.</param>
    public HostStream(IHostStreamPeer peer, int id, IAsyncEnumerable<object?> items, Type itemType, CancellationTokenSource stop, CancellationToken closed)
    {
        _peer = peer;
        _items = items;
        _itemType = itemType;
        _stop = stop;
        Id = id;
        _closed = closed.UnsafeRegister(static state => ((HostStream)state!).Close(), this);
    }

    public int Id { get; }

    /// <summary>On whose behalf JavaScript reads. Of the isolate's thread.</summary>
    public object? Reader { get; set; }

    /// <summary>Gets whether JavaScript waits for nothing: each pull has been answered, which comes later than the enumerator's end. Written on the isolate's thread.</summary>
    public bool IsIdle => !_awaited;

    /// <summary>JavaScript wants an item.</summary>
    /// <param name="site">The execution context of the script's caller: the enumerator moves in it.</param>
    public void Pull(ExecutionContext? site)
    {
        // The answer of a stream that is over is on its way already.
        _awaited = true;
        lock (_lock)
        {
            if (_over || _moving)
            {
                return;
            }

            _moving = true;
            _site = site;
        }

        Queue(static stream => _ = ((HostStream)stream!).MoveAsync());
    }

    /// <summary>Nobody reads on.</summary>
    public void Cancel()
    {
        lock (_lock)
        {
            if (_over)
            {
                return;
            }

            _over = true;
            if (_moving)
            {
                // The thread that moves the enumerator disposes of it.
                _stop.CancelAsync().Forget();
                return;
            }
        }

        Queue(static stream => _ = ((HostStream)stream!).EndAsync());
    }

    void IWorkItem.Run() => Answer(_state, _item, _error);

    void IWorkItem.Drop() => Cancel();

    private void Close()
    {
        lock (_lock)
        {
            if (_over)
            {
                return;
            }
        }

        Cancel();
        _peer.Post(new ActionItem(() => Answer(HostStreamState.Closed, default, null)));
    }

    private void Answer(HostStreamState state, WireValue item, Exception? error)
    {
        _awaited = false;
        _peer.Answer(this, state, item, error);
    }

    private void Queue(ContextCallback work) => ThreadPool.UnsafeQueueUserWorkItem(
        static item =>
        {
            if (item.Stream._site is { } site)
            {
                ExecutionContext.Run(site, item.Work, item.Stream);
            }
            else
            {
                item.Work(item.Stream);
            }
        },
        (Stream: this, Work: work),
        preferLocal: false);

    private async Task MoveAsync()
    {
        try
        {
            _enumerator ??= _items.GetAsyncEnumerator(_stop.Token);
            _state = await _enumerator.MoveNextAsync().ConfigureAwait(false) ? HostStreamState.Item : HostStreamState.End;
            _item = _state == HostStreamState.Item ? _peer.Write(_enumerator.Current, _itemType) : default;
        }
        catch (Exception e)
        {
            (_state, _error) = (HostStreamState.Failed, e);
        }

        bool wanted;
        lock (_lock)
        {
            _moving = false;
            wanted = !_over;
            _over |= _state != HostStreamState.Item;
        }

        if (!wanted || _state != HostStreamState.Item)
        {
            await EndAsync().ConfigureAwait(false);
        }

        if (wanted)
        {
            _peer.Post(this);
        }
    }

    private async Task EndAsync()
    {
        try
        {
            await _stop.CancelAsync().ConfigureAwait(false);
        }
        catch (AggregateException e)
        {
            // The enumerator listens to the token, and fails at it.
            _error ??= e;
        }

        await _closed.DisposeAsync().ConfigureAwait(false);
        try
        {
            if (_enumerator is not null)
            {
                await _enumerator.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            // It has ended, and nobody is left who could be told.
            _error ??= e;
        }

        _stop.Dispose();
    }
}
