using System.Security.Cryptography;
using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;
using JsRun.Engine.Operations;
using JsRun.WebApi.Compression;
using Microsoft.ClearScript.V8.FastProxy;

namespace JsRun.Engine.Web;

/// <summary>Compression, the network, caches and broadcast channels: the host operations 70 to 79, and the calls of <c>fetch</c>.</summary>
internal sealed class WebOperations(V8Context context) : IDisposable
{
    private CodecTable? _codecs;
    private CachePort? _caches;
    private BroadcastTable? _broadcasts;

    public FetchTable Fetches { get; } = new(context);

    public SocketTable Sockets { get; } = new(context);

    /// <summary>Whether the event loop has to wait for something.</summary>
    public bool IsBusy => Fetches.Count > 0 || Sockets.Count > 0;

    /// <summary>Whether something of it may still set JavaScript going.</summary>
    public bool IsAwaited => IsBusy || _broadcasts is { Count: > 0 };

    /// <summary>Calls that the host has not answered.</summary>
    public int PendingCalls => Fetches.Count;

    public static bool Has(HostOp op) => op is >= HostOp.Codec and <= (HostOp)79;

    public void Dispatch(HostOp op, in V8FastArgs args, in V8FastResult result)
    {
        switch (op)
        {
            case HostOp.Codec:
                Code(args, result);
                break;
            case HostOp.Digest:
                result.Set(Digest(args.GetString(1), context.Transfer.Take()));
                break;
            case HostOp.Socket:
                Sockets.Dispatch(args, result);
                break;
            case HostOp.Cache:
                (_caches ??= new CachePort(context)).Dispatch(args, result);
                break;
            case HostOp.Broadcast:
                (_broadcasts ??= new BroadcastTable(context)).Dispatch(args, result);
                break;
            default:
                throw new InvalidOperationException($"The host has no operation {(int)op}: the JavaScript bundle and the assembly are from different builds.");
        }
    }

    /// <summary>Whoever waits for something that an operation, which has ended, has asked of the network gets an error.</summary>
    public void Reject(Operation operation, Operation behalf)
    {
        Fetches.Reject(operation, behalf);
        Sockets.Reject(operation, behalf);
    }

    public void Release(Operation operation)
    {
        Fetches.Release(operation);
        Sockets.Release(operation);
        _codecs?.Release(operation);
        _broadcasts?.Release(operation);
    }

    public void Dispose()
    {
        Fetches.Dispose();
        Sockets.Dispose();
        _codecs?.Dispose();
        _broadcasts?.Dispose();
    }

    private void Code(in V8FastArgs args, in V8FastResult result)
    {
        var codecs = _codecs ??= new CodecTable(context);
        var id = args.GetInt32(2);
        switch ((CodecStep)args.GetInt32(1))
        {
            case CodecStep.Start:
                result.Set(codecs.Start(id, (CompressionFormat)args.GetInt32(3), compress: args.GetInt32(4) != 0) ? CrossingCode.GoOn : CrossingCode.Refused);
                break;
            case CodecStep.Write:
                codecs.Write(id, args.GetInt32(3));
                break;
            case CodecStep.End:
                codecs.End(id);
                break;
            case CodecStep.Close:
                codecs.Close(id);
                break;
            case CodecStep.Read:
                Read(codecs, id, result);
                break;
        }
    }

    private static string Digest(string algorithm, byte[] bytes) => Convert.ToBase64String(algorithm switch
    {
        "sha256" => SHA256.HashData(bytes),
        "sha384" => SHA384.HashData(bytes),
        _ => SHA512.HashData(bytes),
    });

    private static void Read(CodecTable codecs, int id, in V8FastResult result)
    {
        try
        {
            result.Set(codecs.Read(id));
        }
        catch (InvalidDataException e)
        {
            result.Set(e.Message);
        }
    }
}
