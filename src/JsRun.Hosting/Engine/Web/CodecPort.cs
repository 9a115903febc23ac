using System.Buffers;
using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;
using JsRun.Engine.Operations;
using JsRun.WebApi.Compression;

namespace JsRun.Engine.Web;

/// <summary>The compression streams of a context that hold memory outside of V8's heap: those that have begun and not ended. Used on the isolate's thread.</summary>
internal sealed class CodecPort(V8Context context) : IHostPort<CodecPort>, IHoldingPort
{
    private readonly Dictionary<int, (Codec Codec, Operation? Owner)> _codecs = [];

    public static IReadOnlyList<HostOp> Ops { get; } = [HostOp.Codec];

    public static CodecPort Of(V8Context context) => new(context);

    public void Answer(in HostRequest request, in HostReply reply)
    {
        var id = request.GetInt32(2);
        switch ((CodecStep)request.GetInt32(1))
        {
            case CodecStep.Start:
                var started = Start(request.Operation, id, (CompressionFormat)request.GetInt32(3), compress: request.GetInt32(4) != 0);
                reply.Set(started ? CrossingCode.GoOn : CrossingCode.Refused);
                break;
            case CodecStep.Write:
                Write(id, request.GetInt32(3));
                break;
            case CodecStep.End:
                End(id);
                break;
            case CodecStep.Close:
                Close(id);
                break;
            case CodecStep.Read:
                Read(id, reply);
                break;
        }
    }

    public void Release(Operation operation)
    {
        foreach (var id in _codecs.Where(entry => ReferenceEquals(entry.Value.Owner, operation)).Select(entry => entry.Key).ToArray())
        {
            Close(id);
        }
    }

    public void Dispose()
    {
        foreach (var (codec, _) in _codecs.Values)
        {
            codec.Dispose();
        }

        _codecs.Clear();
    }

    /// <returns>Whether there was room for one more.</returns>
    private bool Start(Operation? owner, int id, CompressionFormat format, bool compress)
    {
        // The requests of a hardened context have the limit each, as if each had a context.
        if ((context.Options.IsHardened ? _codecs.Values.Count(c => ReferenceEquals(c.Owner, owner)) : _codecs.Count) >= context.Options.Limits.MaxCompressionStreams)
        {
            return false;
        }

        _codecs.Add(id, (Codec.Create(format, compress), owner));
        return true;
    }

    // Takes input out of the transfer buffer.
    private void Write(int id, int count)
    {
        if (!_codecs.TryGetValue(id, out var entry))
        {
            return;
        }

        var input = ArrayPool<byte>.Shared.Rent(count);
        context.Transfer.Read(input.AsSpan(0, count));
        entry.Codec.Write(input.AsSpan(0, count));
        ArrayPool<byte>.Shared.Return(input);
    }

    private void End(int id)
    {
        if (_codecs.TryGetValue(id, out var entry))
        {
            entry.Codec.End();
        }
    }

    private void Read(int id, in HostReply reply)
    {
        try
        {
            reply.Set(Read(id));
        }
        catch (InvalidDataException e)
        {
            reply.Set(e.Message);
        }
    }

    /// <summary>Puts output into the transfer buffer.</summary>
    /// <returns>How many bytes; 0 where more input is needed, or all is done.</returns>
    /// <exception cref="InvalidDataException">The input is wrong; the message is for the script.</exception>
    private int Read(int id)
    {
        if (!_codecs.TryGetValue(id, out var entry))
        {
            throw new InvalidDataException("The stream belonged to a request that has ended");
        }

        var output = ArrayPool<byte>.Shared.Rent((int)context.Transfer.Length);
        try
        {
            var count = entry.Codec.Read(output.AsSpan(0, (int)context.Transfer.Length));
            context.Transfer.Write(output.AsSpan(0, count), 0);
            return count;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(output);
        }
    }

    private void Close(int id)
    {
        if (_codecs.Remove(id, out var entry))
        {
            entry.Codec.Dispose();
        }
    }
}
