using System.Buffers.Binary;
using System.Security.Cryptography;
using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;
using JsRun.Engine.Operations;
using JsRun.Limits;
using JsRun.WebApi.Crypto;
using Microsoft.ClearScript.V8.FastProxy;

namespace JsRun.Engine.Web;

/// <summary>
/// A context's keys, and its operations that run elsewhere. Keys are numbers to JavaScript, valid in this context only, and go with it. On the isolate's thread.
/// </summary>
internal sealed class CryptoPort(V8Context context) : IDisposable
{
    // One context's work must not keep all others' waiting.
    private const int MostAtOnce = 4;

    private readonly Dictionary<int, KeyMaterial> _keys = [];
    private readonly HashSet<CryptoCall> _running = [];
    private readonly Queue<CryptoCall> _waiting = [];
    private readonly Dictionary<int, (byte[] Bytes, int Sent)> _answers = [];
    private readonly CancellationTokenSource _ended = new();
    private int _lastKey;

    /// <summary>Whether something is still to come back.</summary>
    public bool IsBusy => _running.Count > 0;

    /// <summary>Operations that JavaScript waits for. From any thread, and then a moment old.</summary>
    public int Pending => _running.Count + _waiting.Count;

    /// <summary>Whether JavaScript waits for operations that run for one of the context's.</summary>
    public bool IsAwaitedFor(Operation operation) => _running.Concat(_waiting).Any(c => ReferenceEquals(c.Operation, operation));

    public void Dispatch(HostOp op, in V8FastArgs args, in V8FastResult result)
    {
        var id = args.GetInt32(1);
        switch (op)
        {
            case HostOp.Crypto:
                Begin(id, args, result);
                break;
            case HostOp.CryptoRead:
                result.Set(Send(id));
                break;
            case HostOp.CryptoDrop:
                Forget(id);
                break;
            default:
                if (_keys.Remove(id, out var key))
                {
                    key.Dispose();
                }

                break;
        }
    }

    /// <summary>Its request has ended: what could go on for ever is stopped.</summary>
    public void Cancel(Operation operation)
    {
        foreach (var call in _running.Concat(_waiting).Where(c => ReferenceEquals(c.Operation, operation)))
        {
            call.Cancel();
        }
    }

    /// <summary>An operation has come back.</summary>
    public void Done(CryptoCall call, CryptoResult result, CryptoException? error)
    {
        _running.Remove(call);
        if (!context.IsOpen)
        {
            result.Key?.Dispose();
            result.PrivateKey?.Dispose();
            return;
        }

        if (_waiting.TryDequeue(out var next))
        {
            Start(next);
        }

        if (error is null)
        {
            context.Enter(call.Operation, EntryOp.CryptoDone, call.Id, Answer(call.Id, result));
        }
        else
        {
            context.Enter(call.Operation, EntryOp.CryptoDone, call.Id, Text(error));
        }
    }

    public void Dispose()
    {
        _ended.Cancel();
        foreach (var call in _waiting)
        {
            call.Drop();
        }

        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }

        foreach (var id in _answers.Keys.ToArray())
        {
            Forget(id);
        }

        _waiting.Clear();
        _keys.Clear();
        if (_running.Count == 0)
        {
            _ended.Dispose();
        }
    }

    private static string Text(CryptoException error) => $"{error.Name}\n{error.Message}";

    private void Begin(int id, in V8FastArgs args, in V8FastResult result)
    {
        var request = new CryptoRequest(context.Transfer.Take())
        {
            Operation = (CryptoOperation)args.GetInt32(2),
            Algorithm = (CryptoAlgorithm)args.GetInt32(3),
            Hash = (CryptoHash)args.GetInt32(4),
            Format = (CryptoKeyFormat)args.GetInt32(5),
            Key = _keys.GetValueOrDefault(args.GetInt32(6)),
            Other = _keys.GetValueOrDefault(args.GetInt32(7)),
            Number = (long)args.GetDouble(8),
            Iterations = (long)args.GetDouble(9),
            Budget = CpuBudget.Of(context.Current),
        };
        if (context.Current is { IsExhausted: true })
        {
            request.Dispose();
            result.Set(Text(CryptoCall.Exhausted()));
            return;
        }

        if (CryptoCost.IsLong(request))
        {
            var call = new CryptoCall(this, context, id, request, _ended.Token);
            if (_running.Count < MostAtOnce)
            {
                Start(call);
            }
            else
            {
                _waiting.Enqueue(call);
            }

            result.Set(Streams.SourceState.Pending);
            return;
        }

        using (request)
        {
            try
            {
                result.Set(Answer(id, CryptoEngine.Execute(request, CancellationToken.None)));
            }
            catch (CryptoException e)
            {
                result.Set(Text(e));
            }
        }
    }

    private void Start(CryptoCall call)
    {
        _running.Add(call);
        _ = call.RunAsync(context.Options.Shared.Crypto);
    }

    /// <summary>Puts the first bytes into the transfer buffer and keeps the rest; says how many there are in all.</summary>
    private int Answer(int id, CryptoResult result)
    {
        var bytes = result.Bytes;
        if (result.Key is not null)
        {
            bytes = new byte[2 * sizeof(int) + bytes.Length];
            BinaryPrimitives.WriteInt32LittleEndian(bytes, Keep(result.Key));
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(sizeof(int)), result.PrivateKey is null ? 0 : Keep(result.PrivateKey));
            result.Bytes.CopyTo(bytes, 2 * sizeof(int));
        }

        _answers[id] = (bytes, 0);
        Send(id);
        return bytes.Length;
    }

    private int Keep(KeyMaterial key)
    {
        _keys.Add(++_lastKey, key);
        return _lastKey;
    }

    private int Send(int id)
    {
        if (!_answers.TryGetValue(id, out var answer))
        {
            return 0;
        }

        var count = (int)Math.Min(context.Transfer.Length, answer.Bytes.Length - answer.Sent);
        context.Transfer.Write(answer.Bytes.AsSpan(answer.Sent, count), 0);
        if (answer.Sent + count == answer.Bytes.Length)
        {
            Forget(id);
        }
        else
        {
            _answers[id] = (answer.Bytes, answer.Sent + count);
        }

        return count;
    }

    private void Forget(int id)
    {
        if (_answers.Remove(id, out var answer))
        {
            CryptographicOperations.ZeroMemory(answer.Bytes);
        }
    }
}
