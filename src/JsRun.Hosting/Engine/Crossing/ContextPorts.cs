using JsRun.Engine.Contexts;
using JsRun.Engine.Operations;

namespace JsRun.Engine.Crossing;

/// <summary>The host ports of one context, each made when it is first asked. On the isolate's thread, except <see cref="Pending"/>.</summary>
internal sealed class ContextPorts(V8Context context, HostPortTable table) : IDisposable
{
    private readonly IHostPort?[] _ports = new IHostPort?[table.Count];
    // Replaced, never changed, because other threads may read them; in the table's order.
    private IHoldingPort[] _holding = [];
    private IAwaitedPort[] _awaited = [];

    /// <summary>Whether the event loop has to wait for something of theirs.</summary>
    public bool IsBusy
    {
        get
        {
            foreach (var port in _awaited)
            {
                if (port.IsBusy)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Whether something of theirs may still set JavaScript going.</summary>
    public bool IsAwaited
    {
        get
        {
            foreach (var port in _awaited)
            {
                if (port.IsAwaited)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Calls that have not been answered. From any thread, and then a moment old.</summary>
    public int Pending
    {
        get
        {
            var pending = 0;
            foreach (var port in _awaited)
            {
                pending += port.Pending;
            }

            return pending;
        }
    }

    public void Answer(in HostRequest request, in HostReply reply)
    {
        var place = table.PlaceOf(request.Op);
        (_ports[place] ?? Create(place)).Answer(request, reply);
    }

    /// <inheritdoc cref="IAwaitedPort.IsAwaitedFor"/>
    public bool IsAwaitedFor(Operation operation)
    {
        foreach (var port in _awaited)
        {
            if (port.IsAwaitedFor(operation))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc cref="IAwaitedPort.Reject"/>
    public void Reject(Operation operation, Operation behalf)
    {
        foreach (var port in _awaited)
        {
            port.Reject(operation, behalf);
        }
    }

    /// <inheritdoc cref="IHoldingPort.Release"/>
    public void Release(Operation operation)
    {
        foreach (var port in _holding)
        {
            port.Release(operation);
        }
    }

    public void Dispose()
    {
        foreach (var port in _holding)
        {
            port.Dispose();
        }
    }

    private IHostPort Create(int place)
    {
        var port = table.Create(place, context);
        _ports[place] = port;
        _holding = [.. _ports.OfType<IHoldingPort>()];
        _awaited = [.. _holding.OfType<IAwaitedPort>()];
        return port;
    }
}
