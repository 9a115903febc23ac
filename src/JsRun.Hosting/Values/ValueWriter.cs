using System.Text;
using System.Text.Json;
using JsRun.Values.Json;

namespace JsRun.Values;

/// <summary>
/// Writes a .NET value for the kernel (<c>JavaScript/src/values/wire.ts</c> tells how). On any thread: the value is copied at the time of the call, and what cannot be converted fails there.
/// </summary>
internal sealed class ValueWriter
{
    private readonly WireText _text;
    private readonly ValueLimits _limits;
    private readonly IValueReferences _references;
    private readonly JsonContracts _contracts;
    private readonly ValuePath _path = new();
    private readonly int _outside;
    private List<ReadOnlyMemory<byte>>? _bytes;
    private long _size;
    private bool _granting;

    private ValueWriter(WireText text, ValueLimits limits, IValueReferences references, JsonSerializerOptions json, int outside = 0)
    {
        _outside = outside;
        _text = text;
        _limits = limits;
        _references = references;
        _contracts = JsonContracts.Of(json);
    }

    /// <param name="value">The value.</param>
    /// <param name="limits">How much it may be.</param>
    /// <param name="references">Knows what crosses by reference.</param>
    /// <param name="json">The contracts of objects.</param>
    /// <param name="declared">What it is declared as; <see langword="null"/> if nothing is declared.</param>
    /// <exception cref="JsConversionException">It cannot cross, or is too deep or too large.</exception>
    public static WireValue Write(object? value, ValueLimits limits, IValueReferences references, JsonSerializerOptions json, Type? declared = null) => value switch
    {
        null => default,
        _ when json.Converters.Count > 0 => WriteItem(value, limits, references, json, declared),
        JsUndefined or bool or double => new WireValue(value),
        int v => new WireValue((double)v),
        long v when IsSafe(v) => new WireValue((double)v),
        string v => new WireValue(ScalarWriter.WriteWhole(v, limits)),
        _ => WriteItem(value, limits, references, json, declared),
    };

    /// <summary>The arguments of a call, after its receiver where it has one. The lists that contain them do not count towards the limits.</summary>
    public static WireValue WriteArguments(object?[] arguments, bool hasReceiver, object? receiver, ValueLimits limits, IValueReferences references, JsonSerializerOptions json)
    {
        using var text = new WireText();
        var writer = new ValueWriter(text, limits, references, json, outside: hasReceiver ? 2 : 1) { _size = -ListCost(arguments.Length) - (hasReceiver ? ListCost(2) : 0) };
        writer.Whole(hasReceiver ? new[] { receiver, arguments } : arguments, typeof(object));
        return new WireValue(text.ToString(), writer._bytes);
    }

    /// <summary>Always text, whatever it is.</summary>
    public static WireValue WriteItem(object? value, ValueLimits limits, IValueReferences references, JsonSerializerOptions json, Type? declared = null)
    {
        using var text = new WireText();
        var writer = new ValueWriter(text, limits, references, json);
        writer.Whole(value, declared ?? typeof(object));
        return new WireValue(text.ToString(), writer._bytes);
    }

    public static bool IsSafe(long value) => value is >= -9007199254740991 and <= 9007199254740991;

    internal ValuePath Path => _path;

    internal WireText Text => _text;

    internal JsonSerializerOptions Json => _contracts.Sent;

    internal Type ContractFor(object value) => _contracts.ContractFor(value.GetType());

    internal ValueLimits Limits => _limits;

    /// <summary>Gets or sets whether numbers are sent as strings: <see cref="System.Text.Json.Serialization.JsonNumberHandling.WriteAsString"/>.</summary>
    internal bool NumbersAsText { get; set; }

    /// <summary>One value, wherever it stands.</summary>
    internal void Item(object? value) => Item(value, typeof(object));

    /// <param name="value">The value.</param>
    /// <param name="declared">What it is declared as: <see cref="CompositeWriter.Write"/>.</param>
    internal void Item(object? value, Type declared)
    {
        if (value is null || IsIgnoredCycle(value))
        {
            Charge(ValueCost.In.Null);
            _text.Append('n');
        }
        else if (_contracts.HasConverter(value.GetType()))
        {
            ContractWriter.WriteJson(this, value, Json.GetTypeInfo(value.GetType()));
        }
        else if (NumbersAsText && ScalarWriter.NumberText(value) is { } text)
        {
            ScalarWriter.String(this, text);
        }
        else if (!ScalarWriter.TryWrite(this, value) && !Bytes(value) && !Reference(value))
        {
            // What is not of the declared type, as the result of an untyped handler may be, is what it is.
            CompositeWriter.Write(this, value, declared.IsInstanceOfType(value) ? Nullable.GetUnderlyingType(declared) ?? declared : typeof(object));
        }
    }

    /// <summary>Whether the value holds itself where <see cref="System.Text.Json.Serialization.ReferenceHandler.IgnoreCycles"/> makes it <c>null</c>.</summary>
    internal bool IsIgnoredCycle(object value) => _contracts.IgnoresCycles && _path.Holds(value);

    internal void Charge(long bytes)
    {
        _size += bytes;
        if (_size > _limits.Bytes)
        {
            throw _limits.TooLarge(_size);
        }
    }

    internal void Key(string key)
    {
        Charge(Encoding.UTF8.GetByteCount(key) + ValueCost.In.Key + ValueCost.In.Entry);
        _text.AppendCounted(key);
    }

    internal void Enter(object holder, string kind)
    {
        if (_path.Depth - _outside >= _limits.Depth)
        {
            throw _limits.TooDeep();
        }

        if (!_path.Enter(holder))
        {
            throw new JsConversionException($"Circular reference detected while converting a .NET {kind}: {_path} is one of the objects that hold it");
        }
    }

    /// <summary>The value that was asked for. What the host's code throws while its members are read comes out with the place in the value; the script is not told what it says.</summary>
    private void Whole(object? value, Type declared)
    {
        try
        {
            Item(value, declared);
        }
        catch (Exception e) when (!_granting && e is not (JsRunException or OperationCanceledException or ObjectDisposedException))
        {
            throw new JsConversionException($"Cannot convert {_path}: reading it threw {e.GetType().Name}", e) { IsHostFailure = true };
        }
    }

    private static long ListCost(int count) => ValueCost.In.List + ((long)ValueCost.In.Item * count);

    internal JsConversionException Refuse(object value, string why, Exception? inner = null) => new($"Cannot convert {_path}, a {value.GetType()}: {why}", inner);

    private bool Bytes(object value)
    {
        if (!ByteArrays.TryGet(value, out var kind, out var bytes))
        {
            return false;
        }

        Charge(bytes.Length);
        (_bytes ??= []).Add(bytes);
        _text.Append('B');
        _text.Append((int)kind);
        _text.Append(',');
        _text.Append(bytes.Length);
        _text.Append(';');
        return true;
    }

    private bool Reference(object value)
    {
        // The sender of a delegate gets its errors.
        _granting = true;
        var granted = _references.TryWrite(value, out var kind, out var id);
        _granting = false;
        if (!granted)
        {
            return false;
        }

        Charge(kind == 'F' ? ValueCost.In.Function : ValueCost.In.Reference);
        _text.Append('R');
        _text.Append(kind);
        _text.Append(id);
        _text.Append(';');
        return true;
    }
}
