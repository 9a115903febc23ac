using System.Buffers.Binary;
using System.Security.Cryptography;
using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;
using JsRun.Engine.Operations;
using JsRun.Limits;
using JsRun.Scheduling;
using JsRun.WebApi.Crypto;

namespace JsRun.Engine.Web;

/// <summary>
/// A context's keys, and its operations that run elsewhere. Keys are numbers to JavaScript, valid in this context only, and go with it. On the isolate's thread.
/// </summary>
internal sealed class CryptoPort(V8Context context) : IHostPort<CryptoPort>, IAwaitedPort
{
    // One context's work must not keep all others' waiting.
    private const int MostAtOnce = 4;

    private readonly Dictionary<int, KeyMaterial> _keys = [];
    private readonly HashSet<CryptoCall> _running = [];
    private readonly Queue<CryptoCall> _waiting = [];
    private readonly Dictionary<int, (byte[] Bytes, int Sent)> _answers = [];
    private readonly CancellationTokenSource _ended = new();
    private int _lastKey;

    public static IReadOnlyList<HostOp> Ops { get; } = [HostOp.Crypto, HostOp.CryptoRead, HostOp.CryptoDrop, HostOp.CryptoRelease];

    public static CryptoPort Of(V8Context context) => new(context);

    /// <summary>Whether something is still to come back.</summary>
    public bool IsBusy => _running.Count > 0;

    /// <summary>Operations that JavaScript waits for. From any thread, and then a moment old.</summary>
    public int Pending => _running.Count + _waiting.Count;

    public bool IsAwaited => Pending > 0;

    /// <summary>Whether JavaScript waits for operations that run for one of the context's.</summary>
    public bool IsAwaitedFor(Operation operation) => _running.Concat(_waiting).Any(c => ReferenceEquals(c.Operation, operation));

    public void Answer(in HostRequest request, in HostReply reply)
    {
        var id = request.GetInt32(1);
        switch (request.Op)
        {
            case HostOp.Crypto:
                Begin(id, request, reply);
                break;
            case HostOp.CryptoRead:
                reply.Set(Send(id));
                break;
            case HostOp.CryptoDrop:
                Forget(id);
                break;
            case HostOp.CryptoRelease:
                if (_keys.Remove(id, out var key))
                {
                    key.Dispose();
                }

                break;
            default:
                throw request.NotAnswered();
        }
    }

    /// <summary>Its operations fail as soon as they can be stopped.</summary>
    public void Reject(Operation operation, Operation behalf) => Release(operation);

    /// <summary>Its request has ended: what could go on for ever is stopped.</summary>
    public void Release(Operation operation)
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

    private void Begin(int id, in HostRequest asked, in HostReply reply)
    {
        var operation = asked.Operation;
        var request = new CryptoRequest(context.Transfer.Take())
        {
            Operation = (CryptoOperation)asked.GetInt32(2),
            Algorithm = (CryptoAlgorithm)asked.GetInt32(3),
            Hash = (CryptoHash)asked.GetInt32(4),
            Format = (CryptoKeyFormat)asked.GetInt32(5),
            Key = _keys.GetValueOrDefault(asked.GetInt32(6)),
            Other = _keys.GetValueOrDefault(asked.GetInt32(7)),
            Number = (long)asked.GetDouble(8),
            Iterations = (long)asked.GetDouble(9),
            Budget = CpuBudget.Of(operation),
        };
        if (operation is { IsExhausted: true })
        {
            request.Dispose();
            reply.Set(Text(CryptoCall.Exhausted()));
            return;
        }

        if (CryptoCost.IsLong(request))
        {
            var call = new CryptoCall(this, context, operation, id, request, _ended.Token);
            if (_running.Count < MostAtOnce)
            {
                Start(call);
            }
            else
            {
                _waiting.Enqueue(call);
            }

            reply.Set(Streams.SourceState.Pending);
            return;
        }

        using (request)
        {
            try
            {
                reply.Set(Answer(id, CryptoEngine.Execute(request, CancellationToken.None)));
            }
            catch (CryptoException e)
            {
                reply.Set(Text(e));
            }
        }
    }

    private void Start(CryptoCall call)
    {
        _running.Add(call);
        call.RunAsync(context.Options.Shared.Crypto).Forget(context.Isolate.Services.Logger);
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
