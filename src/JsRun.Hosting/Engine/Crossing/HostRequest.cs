using JsRun.Engine.Contexts;
using JsRun.Engine.Operations;
using Microsoft.ClearScript.JavaScript;
using Microsoft.ClearScript.V8.FastProxy;

namespace JsRun.Engine.Crossing;

/// <summary>What JavaScript asks of the host: an operation, on somebody's behalf, with plain data. The first argument has the index 1.</summary>
internal readonly ref struct HostRequest
{
    private readonly V8Context _context;
    private readonly V8FastArgs _arguments;

    public HostRequest(V8Context context, HostOp op, in V8FastArgs arguments)
    {
        _context = context;
        _arguments = arguments;
        Op = op;
    }

    public HostOp Op { get; }

    /// <summary>
    /// What it belongs to: the operation that its first argument names, for those that are about one, else the one on whose behalf JavaScript runs.
    /// <see langword="null"/> if that has ended, or there is none.
    /// </summary>
    public Operation? Operation => Op.IsAboutOperation() ? _context.FindOperation(GetInt32(1)) : _context.Current;

    /// <summary>One more than there are arguments.</summary>
    public int Count => _arguments.Count;

    public int GetInt32(int index) => _arguments.GetInt32(index);

    public long GetInt64(int index) => _arguments.GetInt64(index);

    public double GetDouble(int index) => _arguments.GetDouble(index);

    public bool GetBoolean(int index) => _arguments.GetBoolean(index);

    public string GetString(int index) => _arguments.GetString(index);

    /// <summary>The text, or <see langword="null"/> if the argument is not one, or was not given.</summary>
    public string? FindString(int index) => index < _arguments.Count && _arguments.TryGet(index, out string text) ? text : null;

    /// <summary>Whether it was given, and is neither <c>false</c>, 0, empty nor missing.</summary>
    public bool IsTruthy(int index) => index < _arguments.Count && _arguments.IsTruthy(index);

    public bool IsUndefined(int index) => _arguments.IsUndefined(index);

    public bool IsNull(int index) => _arguments.IsNull(index);

    public bool TryGet(int index, out string text) => _arguments.TryGet(index, out text);

    public bool TryGet(int index, out ReadOnlySpan<char> text) => _arguments.TryGet(index, out text);

    public bool TryGet(int index, out double number) => _arguments.TryGet(index, out number);

    public bool TryGet(int index, out bool truth) => _arguments.TryGet(index, out truth);

    /// <summary>The context's transfer buffer: the one thing that crosses and is not plain data, once for each context, before any bytes do.</summary>
    public ITypedArray<byte> GetTransferBuffer(int index) => _arguments.Get<ITypedArray<byte>>(index);

    /// <summary>For what a port declares and does not answer.</summary>
    public InvalidOperationException NotAnswered() => new($"The port of the host operation {Op} does not answer it.");
}
