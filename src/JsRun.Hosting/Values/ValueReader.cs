using System.Globalization;
using System.Numerics;

namespace JsRun.Values;

/// <summary>Reads a value that the trusted kernel wrote (<c>JavaScript/src/values/wire.ts</c> tells how). The text is trusted, its size is not: it is counted here, exactly.</summary>
internal ref struct ValueReader
{
    private const double LeastMilliseconds = -62135596800000;
    // The kernel counts objects; the parts of errors, and what maps have as keys, are items in each other here.
    private const int ItemsOfObject = 4;
    private const double MostMilliseconds = 253402300799999;

    private readonly ReadOnlySpan<char> _text;
    private readonly ValueLimits _limits;
    private readonly IValueReferences _references;
    private ReadOnlySpan<byte> _bytes;
    private int _at;
    private int _depth;
    private long _size;

    private ValueReader(ReadOnlySpan<char> text, ReadOnlySpan<byte> bytes, ValueLimits limits, IValueReferences references)
    {
        _text = text;
        _bytes = bytes;
        _limits = limits;
        _references = references;
    }

    /// <summary>Reads the text of one value.</summary>
    /// <param name="text">The text.</param>
    /// <param name="bytes">What the value holds of bytes, in its order.</param>
    /// <param name="limits">How much it may be.</param>
    /// <param name="references">Gives what stands for functions and the like.</param>
    /// <exception cref="JsConversionException">It is too large, or has no equal in .NET.</exception>
    public static object? Read(ReadOnlySpan<char> text, ReadOnlySpan<byte> bytes, ValueLimits limits, IValueReferences references)
    {
        var reader = new ValueReader(text, bytes, limits, references);
        return text[0] == '\'' ? reader.ReadWhole() : reader.ReadItem();
    }

    /// <summary>A number of JavaScript as .NET has it: an integer where it is a safe one, but for -0.</summary>
    public static object ToNumber(double value) =>
        Math.Abs(value) <= 9007199254740991 && Math.Truncate(value) == value && !(value == 0 && double.IsNegative(value)) ? (object)(long)value : value;

    private string ReadWhole()
    {
        var text = _text[1..];
        ChargeText(text);
        return text.ToString();
    }

    private object? ReadItem()
    {
        // The kernel keeps to the limit; what comes from another process need not.
        if (++_depth > ItemsOfObject * (_limits.Depth + 1L))
        {
            throw _limits.TooDeep();
        }

        var item = ReadItemOnce();
        _depth--;
        return item;
    }

    private object? ReadItemOnce()
    {
        switch (_text[_at++])
        {
            case 'u':
                return JsUndefined.Value;
            case 'n':
                Charge(ValueCost.Out.Null);
                return null;
            case 't':
                Charge(ValueCost.Out.Boolean);
                return true;
            case 'f':
                Charge(ValueCost.Out.Boolean);
                return false;
            case 'i':
                Charge(ValueCost.Out.Integer);
                return long.Parse(Until(';'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            case 'd':
                Charge(ValueCost.Out.Number);
                return double.Parse(Until(';'), CultureInfo.InvariantCulture);
            case 'b':
                return ReadBigInteger();
            case 'D':
                Charge(ValueCost.Out.Date);
                return ToDate(double.Parse(Until(';'), CultureInfo.InvariantCulture));
            case 's':
                return ReadText();
            case '[':
                return ReadArray();
            case '{':
                return ReadProperties();
            case 'M':
                return ReadMap();
            case 'S':
                return ReadSet();
            case 'B':
                return ReadBytes();
            case 'E':
                return ReadError();
            case 'R':
                return ReadReference();
            default:
                throw new JsConversionException($"The text of a value has no item at {_at - 1}: the JavaScript bundle and the assembly are from different builds.");
        }
    }

    private BigInteger ReadBigInteger()
    {
        var digits = Until(';');
        Charge(long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? ValueCost.Out.Integer : digits.Length);
        return BigInteger.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
    }

    private static DateTimeOffset ToDate(double milliseconds) => milliseconds is >= LeastMilliseconds and <= MostMilliseconds
        ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds)
        : throw new JsConversionException(double.IsNaN(milliseconds)
            ? "Date value out of range: it is an invalid Date"
            : "Date value out of range: .NET's dates are of the years 1 to 9999");

    private string ReadText()
    {
        var length = Count();
        var text = _text.Slice(_at, length);
        _at += length;
        ChargeText(text);
        return text.ToString();
    }

    private string ReadKey()
    {
        var length = Count();
        var text = _text.Slice(_at, length);
        _at += length;
        ChargeText(text);
        return KeyPool.Get(text);
    }

    private List<object?> ReadArray()
    {
        var count = Count();
        var list = new List<object?>(Math.Min(count, _text.Length - _at));
        for (var i = 0; i < count; i++)
        {
            list.Add(ReadItem());
        }

        return list;
    }

    private Dictionary<string, object?> ReadProperties()
    {
        var result = new Dictionary<string, object?>();
        while (!Ended())
        {
            // What a Proxy calls its keys need not be different.
            result[ReadKey()] = ReadItem();
        }

        return result;
    }

    private JsMap ReadMap()
    {
        var map = new JsMap();
        while (!Ended())
        {
            _at++;
            var key = ReadItem();
            map[key] = ReadItem();
        }

        return map;
    }

    private HashSet<object?> ReadSet()
    {
        Charge(ValueCost.Out.Set);
        var set = new HashSet<object?>(SameValueZeroComparer.Instance);
        while (!Ended())
        {
            Charge(ValueCost.Out.SetItem);
            _at++;
            set.Add(ReadItem());
        }

        return set;
    }

    private Array ReadBytes()
    {
        var kind = (ByteKind)int.Parse(Until(','), CultureInfo.InvariantCulture);
        var size = int.Parse(Until(';'), CultureInfo.InvariantCulture);
        Charge(size);
        var result = ByteArrays.Create(kind, _bytes[..size]);
        _bytes = _bytes[size..];
        return result;
    }

    private JsErrorValue ReadError()
    {
        var name = (string)ReadItem()!;
        var message = (string)ReadItem()!;
        var stack = (string)ReadItem()!;
        return new JsErrorValue
        {
            Name = name,
            Message = message,
            Stack = stack,
            HostError = int.Parse(Until(';'), CultureInfo.InvariantCulture),
            Cause = Follows('c') ? ReadItem() : null,
            Errors = Follows('a') ? ReadErrors() : [],
            Properties = ReadProperties(),
        };
    }

    // What is too large to be told of an error is replaced by a text that says so.
    private IReadOnlyList<object?> ReadErrors() => ReadItem() is var item && item is IReadOnlyList<object?> errors ? errors : [item];

    private object ReadReference()
    {
        var kind = _text[_at++];
        Charge(kind == 'F' ? ValueCost.Out.Function : ValueCost.Out.Reference);
        var text = Until(';');
        var comma = text.IndexOf(',');
        return comma < 0
            ? _references.Read(kind, int.Parse(text, CultureInfo.InvariantCulture))
            : _references.Read(kind, int.Parse(text[..comma], CultureInfo.InvariantCulture), text[(comma + 1)..].ToString());
    }

    private bool Follows(char tag)
    {
        if (_text[_at] != tag)
        {
            return false;
        }

        _at++;
        return true;
    }

    private bool Ended() => Follows('}');

    private ReadOnlySpan<char> Until(char end)
    {
        var from = _at;
        var length = _text[from..].IndexOf(end);
        _at = from + length + 1;
        return _text.Slice(from, length);
    }

    private int Count()
    {
        var count = 0;
        for (; ; _at++)
        {
            var digit = _text[_at] - '0';
            if ((uint)digit > 9)
            {
                _at++;
                return count;
            }

            count = checked((count * 10) + digit);
        }
    }

    private void ChargeText(ReadOnlySpan<char> text) => Charge(System.Text.Encoding.UTF8.GetByteCount(text));

    private void Charge(long bytes)
    {
        _size += bytes;
        if (_size > _limits.Bytes)
        {
            throw _limits.TooLarge(_size);
        }
    }
}
