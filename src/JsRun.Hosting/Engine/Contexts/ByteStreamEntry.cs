using System.IO.Pipelines;
using JsRun.Diagnostics;
using JsRun.Streams;

namespace JsRun.Engine.Contexts;

/// <summary>A stream of bytes that was sent, until it has ended.</summary>
internal sealed class ByteStreamEntry(PipeReader reader, CancellationToken closed)
{
    private CancellationTokenRegistration _registration;
    private int _discarded;

    /// <summary>The reader, whose bytes are counted.</summary>
    public PipeReader Count(StreamCounters? counters) => counters is null ? reader : new CountingPipeReader(reader, counters);

    /// <summary>JavaScript has begun to look at it.</summary>
    public void Opened(ByteSource source) =>
        // Its reader gets the error: the source stays known until then.
        _registration = closed.UnsafeRegister(static state => _ = ((ByteSource)state!).CloseAsync(), source);

    /// <summary>It is read no more.</summary>
    public void Discard()
    {
        if (Interlocked.Exchange(ref _discarded, 1) == 0)
        {
            _registration.Dispose();
            try
            {
                reader.Complete();
            }
            catch (Exception)
            {
                // A stream that cannot be closed: it has ended for its reader.
            }
        }
    }
}
