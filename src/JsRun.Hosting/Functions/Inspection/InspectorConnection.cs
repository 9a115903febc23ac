using System.Threading.Channels;
using JsRun.Engine.Isolates;

namespace JsRun.Functions.Inspection;

/// <summary>A debugger that is attached to a function. Thread-safe; disposing of it detaches the debugger.</summary>
internal sealed class InspectorConnection(Func<ValueTask> detach) : IAsyncDisposable
{
    private readonly Channel<string> _messages = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private InspectorSession? _session;
    private int _disposed;

    /// <summary>Messages for the debugger. It completes when the isolate ends.</summary>
    public ChannelReader<string> Messages => _messages.Reader;

    /// <summary>Connects it with an isolate.</summary>
    public void Connect(IsolateInspector inspector) => _session = inspector.Connect(message => _messages.Writer.TryWrite(message), End);

    /// <summary>Takes a message of the debugger's.</summary>
    public void Send(string message)
    {
        if (InspectorRefusal.Of(message) is { } refusal)
        {
            _messages.Writer.TryWrite(refusal);
            return;
        }

        _session?.Send(message);
    }

    /// <summary>No more messages come.</summary>
    public void End() => _messages.Writer.TryComplete();

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _session?.Dispose();
            End();
            await detach().ConfigureAwait(false);
        }
    }
}
