using System.Collections.Concurrent;
using JsRun.Scheduling;
using JsRun.Streams;

namespace JsRun.Hosting.Tests.Streams;

/// <summary>The JavaScript side of a stream, whose turns the test runs itself.</summary>
internal sealed class FakePeer : IByteStreamPeer
{
    private readonly ConcurrentQueue<IWorkItem> _posted = new();
    private readonly List<ByteSink> _written = [];

    public bool IsOpen { get; set; } = true;

    /// <summary>The isolate is gone: messages are dropped.</summary>
    public bool IsGone { get; set; }

    public int Posted => _posted.Count;

    public List<(int Count, Exception? Error)> Answers { get; } = [];

    public List<bool> GoOns { get; } = [];

    public void Post(IWorkItem item)
    {
        if (IsGone)
        {
            item.Drop();
        }
        else
        {
            _posted.Enqueue(item);
        }
    }

    public void SourceReady(ByteSource source, int count, Exception? error) => Answers.Add((count, error));

    public void SinkReady(ByteSink sink, bool goOn) => GoOns.Add(goOn);

    public void FlushAtEndOfTurn(ByteSink sink) => _written.Add(sink);

    /// <summary>One turn of the loop: all messages, then the flushes.</summary>
    public void Turn()
    {
        while (_posted.TryDequeue(out var item))
        {
            item.Run();
        }

        foreach (var sink in _written)
        {
            sink.Flush();
        }

        _written.Clear();
    }
}
