using System.Text.Json;
using JsRun.Engine.Crossing;
using JsRun.Engine.HostFunctions;
using JsRun.Values;
using Microsoft.ClearScript;

namespace JsRun.Engine.Contexts;

/// <summary>Converts values into a context and out of it. On the isolate's thread, except for <see cref="Write"/> and <see cref="WriteArguments"/>.</summary>
internal sealed class ContextValues : IValueReferences
{
    private readonly V8Context _context;
    private (char Kind, IReferenceKeeper Keeper)[] _keepers = [];
    private IReadOnlyList<ReadOnlyMemory<byte>> _outgoing = [];
    private int _chunk;
    private int _offset;

    public ContextValues(V8Context context)
    {
        _context = context;
        Limits = context.Options.ValueLimits;
        Json = context.Options.Json;
    }

    public ValueLimits Limits { get; }

    public JsonSerializerOptions Json { get; }

    /// <summary>From now on things of that kind cross by reference.</summary>
    /// <param name="kind">One letter, the kernel's name for the kind.</param>
    /// <param name="keeper">Who knows them.</param>
    public void Keep(char kind, IReferenceKeeper keeper) => _keepers = [.. _keepers, (kind, keeper)];

    /// <summary>Copies a value for its way into JavaScript. On any thread.</summary>
    /// <exception cref="JsConversionException">It cannot cross.</exception>
    public WireValue Write(object? value, Type? declared = null) => ValueWriter.Write(value, Limits, this, Json, declared);

    /// <summary>The same for the arguments of a call, after its receiver where it has one.</summary>
    public WireValue WriteArguments(object?[] arguments, bool hasReceiver, object? receiver) => ValueWriter.WriteArguments(arguments, hasReceiver, receiver, Limits, this, Json);

    /// <summary>What to enter JavaScript with. It must be decoded there before anything else is sent: one value crosses at a time.</summary>
    public object? Send(WireValue value)
    {
        Offer(value);
        return value.Payload is JsUndefined ? Undefined.Value : value.Payload;
    }

    /// <summary>Answers a call of JavaScript's, which decodes the result at once.</summary>
    public void SetResult(in HostReply reply, WireValue value)
    {
        Offer(value);
        switch (value.Payload)
        {
            case null: reply.SetNull(); break;
            case bool v: reply.Set(v); break;
            case double v: reply.Set(v); break;
            case string v: reply.Set(v); break;
            default: reply.SetUndefined(); break;
        }
    }

    /// <summary>Reads an argument that the kernel encoded.</summary>
    /// <exception cref="JsConversionException">It has no equal in .NET, or is too large.</exception>
    public object? Read(in HostRequest request, int index) => Read(request, index, Limits);

    /// <summary>Reads what was thrown, or is said of it: the kernel has kept that small, and whoever asked is told whatever the limits of values are.</summary>
    public object? ReadThrown(in HostRequest request, int index) => Read(request, index, ValueLimits.Thrown);

    private object? Read(in HostRequest request, int index, ValueLimits limits)
    {
        if (request.TryGet(index, out ReadOnlySpan<char> text))
        {
            var transfer = _context.OpenedTransfer;
            try
            {
                return ValueReader.Read(text, transfer is null ? default : transfer.Staged, limits, this);
            }
            finally
            {
                transfer?.Clear();
            }
        }

        if (request.IsUndefined(index))
        {
            return JsUndefined.Value;
        }

        return request.IsNull(index) ? null
            : request.TryGet(index, out double number) ? ValueReader.ToNumber(number)
            : request.GetBoolean(index);
    }

    /// <summary>JavaScript decodes bytes: puts the next of them into the transfer buffer.</summary>
    public void TakeBytes(int count)
    {
        while (_offset == _outgoing[_chunk].Length)
        {
            _chunk++;
            _offset = 0;
        }

        _context.Transfer.Write(_outgoing[_chunk].Span.Slice(_offset, count), 0);
        _offset += count;
        if (_chunk == _outgoing.Count - 1 && _offset == _outgoing[_chunk].Length)
        {
            _outgoing = [];
        }
    }

    object IValueReferences.Read(char kind, int id, string name) => Find(kind)?.Read(id, name) ?? throw new JsConversionException($"A reference of the kind '{kind}' has no meaning here.");

    object IValueReferences.Read(char kind, int id) => Find(kind)?.Read(id) ?? throw new JsConversionException($"A reference of the kind '{kind}' has no meaning here.");

    bool IValueReferences.TryWrite(object value, out char kind, out int id)
    {
        foreach (var (letter, keeper) in _keepers)
        {
            if (keeper.TryWrite(value, out id))
            {
                kind = letter;
                return true;
            }
        }

        kind = default;
        id = 0;
        return false;
    }

    private IReferenceKeeper? Find(char kind)
    {
        foreach (var (letter, keeper) in _keepers)
        {
            if (letter == kind)
            {
                return keeper;
            }
        }

        return null;
    }

    private void Offer(WireValue value)
    {
        _outgoing = value.Bytes ?? [];
        _chunk = 0;
        _offset = 0;
    }
}
