using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace JsRun.Values;

/// <summary>
/// Writes a .NET value for the kernel (<c>JavaScript/src/values/wire.ts</c> tells how). On any thread: the value is copied at the time of the call, and what cannot be converted fails there.
/// </summary>
internal sealed class ValueWriter
{
    private readonly WireText _text;
    private readonly ValueLimits _limits;
    private readonly IValueReferences _references;
    private readonly JsonSerializerOptions _json;
    private readonly ValuePath _path = new();
    private List<ReadOnlyMemory<byte>>? _bytes;
    private long _size;

    private ValueWriter(WireText text, ValueLimits limits, IValueReferences references, JsonSerializerOptions json)
    {
        _text = text;
        _limits = limits;
        _references = references;
        _json = json;
    }

    /// <exception cref="JsConversionException">It cannot cross, or is too deep or too large.</exception>
    public static WireValue Write(object? value, ValueLimits limits, IValueReferences references, JsonSerializerOptions json) => value switch
    {
        null => default,
        JsUndefined or bool or double => new WireValue(value),
        int v => new WireValue((double)v),
        long v when IsSafe(v) => new WireValue((double)v),
        string v => new WireValue(WriteWhole(v, limits)),
        _ => WriteItem(value, limits, references, json),
    };

    /// <summary>Always text, as the arguments of a call are.</summary>
    public static WireValue WriteItem(object? value, ValueLimits limits, IValueReferences references, JsonSerializerOptions json)
    {
        using var text = new WireText();
        var writer = new ValueWriter(text, limits, references, json);
        writer.Item(value);
        return new WireValue(text.ToString(), writer._bytes);
    }

    public static bool IsSafe(long value) => value is >= -9007199254740991 and <= 9007199254740991;

    internal ValuePath Path => _path;

    internal WireText Text => _text;

    internal JsonSerializerOptions Json => _json;

    /// <summary>One value, wherever it stands.</summary>
    internal void Item(object? value)
    {
        if (value is null)
        {
            Charge(ValueCost.In.Null);
            _text.Append('n');
        }
        else if (!Scalar(value) && !Bytes(value) && !Reference(value))
        {
            Composite(value);
        }
    }

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
        if (_path.Depth >= _limits.Depth)
        {
            throw _limits.TooDeep();
        }

        if (!_path.Enter(holder))
        {
            throw new JsConversionException($"Circular reference detected while converting a .NET {kind}: {_path} is one of the objects that hold it");
        }
    }

    internal void Number(double value)
    {
        Charge(ValueCost.In.Number);
        _text.Append('d');
        _text.Append(value);
        _text.Append(';');
    }

    internal void Integer(long value)
    {
        if (!IsSafe(value))
        {
            BigInt(value);
            return;
        }

        Charge(ValueCost.In.Number);
        _text.Append('i');
        _text.Append(value);
        _text.Append(';');
    }

    internal void String(string value)
    {
        Charge(LengthOf(value, _limits) + ValueCost.In.String);
        _text.Append('s');
        _text.AppendCounted(value);
    }

    internal JsConversionException Refuse(object value, string why, Exception? inner = null) => new($"Cannot convert {_path}, a {value.GetType()}: {why}", inner);

    private static string WriteWhole(string value, ValueLimits limits)
    {
        var length = LengthOf(value, limits);
        return length + ValueCost.In.String > limits.Bytes ? throw limits.TooLarge(length + ValueCost.In.String) : $"'{value}";
    }

    private static int LengthOf(string value, ValueLimits limits)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        return length > limits.Bytes ? throw limits.TooLong(length) : length;
    }

    private bool Scalar(object value)
    {
        switch (value)
        {
            case string v: String(v); break;
            case bool v: Charge(ValueCost.In.Boolean); _text.Append(v ? 't' : 'f'); break;
            case int v: Integer(v); break;
            case long v: Integer(v); break;
            case double v: Number(v); break;
            case JsUndefined: _text.Append('u'); break;
            case Enum: return false;
            case byte v: Integer(v); break;
            case sbyte v: Integer(v); break;
            case short v: Integer(v); break;
            case ushort v: Integer(v); break;
            case uint v: Integer(v); break;
            case ulong v when v <= long.MaxValue: Integer((long)v); break;
            case ulong v: BigInt(v); break;
            case float v: Number(float.IsFinite(v) ? double.Parse(v.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : v); break;
            case Half v: Number((double)v); break;
            case decimal v: Number((double)v); break;
            case BigInteger v: BigInt(v); break;
            case Int128 v: BigInt((BigInteger)v); break;
            case UInt128 v: BigInt((BigInteger)v); break;
            case char v: String(v.ToString()); break;
            case DateTimeOffset v: Date(v); break;
            case DateTime v: Date(v.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(v, TimeSpan.Zero) : new DateTimeOffset(v)); break;
            default: return false;
        }

        return true;
    }

    private void BigInt(BigInteger value)
    {
        Charge(value.GetByteCount());
        _text.Append('b');
        _text.Append(value);
        _text.Append(';');
    }

    private void Date(DateTimeOffset value)
    {
        Charge(ValueCost.In.Date);
        _text.Append('D');
        _text.Append(Math.Round((value.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / (double)TimeSpan.TicksPerMillisecond));
        _text.Append(';');
    }

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
        if (!_references.TryWrite(value, out var kind, out var id))
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

    private void Composite(object value)
    {
        switch (value)
        {
            case IReadOnlyDictionary<string, object?> v: Properties(v); return;
            case JsMap v: Map(v); return;
            case JsErrorValue v: Error(v); return;
            case JsonElement v: JsonWriter.Write(this, v); return;
            case JsonDocument v: JsonWriter.Write(this, v.RootElement); return;
            case JsonNode v: JsonWriter.Write(this, v.Deserialize<JsonElement>()); return;
        }

        switch (ValueShapes.Of(value.GetType()))
        {
            case ValueShape.Tuple: Tuple((ITuple)value); break;
            case ValueShape.Set: Set((IEnumerable)value); break;
            case ValueShape.Dictionary: Dictionary((IDictionary)value); break;
            case ValueShape.List: List((IEnumerable)value); break;
            default: ContractWriter.Write(this, value); break;
        }
    }

    private void Properties(IReadOnlyDictionary<string, object?> value)
    {
        Enter(value, "dictionary");
        Charge(ValueCost.In.Object);
        _text.Append('{');
        foreach (var (key, item) in value)
        {
            _path.At(key);
            Key(key);
            Item(item);
        }

        _text.Append('}');
        _path.Leave();
    }

    private void Dictionary(IDictionary value)
    {
        Enter(value, "dictionary");
        Charge(ValueCost.In.Object);
        // Names make an object; any other keys make a Map, which is what has such keys in JavaScript.
        var isObject = value.Keys.Cast<object>().All(static k => k is string);
        _text.Append(isObject ? '{' : 'M');
        foreach (DictionaryEntry entry in value)
        {
            _path.At(entry.Key.ToString() ?? "");
            if (isObject)
            {
                Key((string)entry.Key);
            }
            else
            {
                Charge(ValueCost.In.Entry);
                _text.Append('.');
                Item(entry.Key);
            }

            Item(entry.Value);
        }

        _text.Append('}');
        _path.Leave();
    }

    private void Map(JsMap value)
    {
        Enter(value, "map");
        Charge(ValueCost.In.Object);
        _text.Append('M');
        var index = 0;
        foreach (var (key, item) in value)
        {
            Charge(ValueCost.In.Entry);
            _path.At(index++);
            _text.Append('.');
            Item(key);
            Item(item);
        }

        _text.Append('}');
        _path.Leave();
    }

    private void Set(IEnumerable value)
    {
        Enter(value, "set");
        Charge(ValueCost.In.Set);
        _text.Append('S');
        var index = 0;
        foreach (var item in value)
        {
            Charge(ValueCost.In.Item);
            _path.At(index++);
            _text.Append('.');
            Item(item);
        }

        _text.Append('}');
        _path.Leave();
    }

    private void Tuple(ITuple value)
    {
        var items = new object?[value.Length];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = value[i];
        }

        List(items);
    }

    private void List(IEnumerable value)
    {
        Enter(value, "list");
        Charge(ValueCost.In.List);
        if (value is ICollection { Count: var count } && value is IList list)
        {
            _text.Append('[');
            _text.Append(count);
            _text.Append(':');
            for (var i = 0; i < count; i++)
            {
                Element(list[i], i);
            }
        }
        else
        {
            // How many there are is known at the end only; it stands before them.
            var items = value.Cast<object?>().Take((int)Math.Min(_limits.Bytes, int.MaxValue)).ToArray();
            _text.Append('[');
            _text.Append(items.Length);
            _text.Append(':');
            for (var i = 0; i < items.Length; i++)
            {
                Element(items[i], i);
            }
        }

        _path.Leave();
    }

    private void Element(object? item, int index)
    {
        Charge(ValueCost.In.Item);
        _path.At(index);
        Item(item);
    }

    private void Error(JsErrorValue value)
    {
        Enter(value, "error");
        _text.Append('E');
        String(value.Name);
        String(value.Message);
        String(value.Stack);
        _text.Append("0;");
        if (value.Cause is not null)
        {
            _text.Append('c');
            Item(value.Cause);
        }

        if (value.Errors.Count > 0)
        {
            _text.Append('a');
            Item(value.Errors);
        }

        foreach (var (key, item) in value.Properties)
        {
            _path.At(key);
            Key(key);
            Item(item);
        }

        _text.Append('}');
        _path.Leave();
    }
}
