using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace JsRun.Values;

/// <summary>Gives a value that came out of JavaScript as the .NET type that the caller wants: itself where it is of that type, else by number, else through System.Text.Json.</summary>
internal static class ResultConverter
{
    /// <exception cref="JsConversionException">It cannot be read as that.</exception>
    public static T? To<T>(object? value, JsonSerializerOptions options) => value is T same ? same : (T?)To(value, typeof(T), options);

    public static object? To(object? value, Type type, JsonSerializerOptions options)
    {
        if (type.IsInstanceOfType(value))
        {
            return value;
        }

        if (value is null or JsUndefined)
        {
            return type == typeof(JsonElement) ? JsonSerializer.SerializeToElement<object?>(null, options)
                : type.IsValueType && Nullable.GetUnderlyingType(type) is null ? RuntimeHelpers.GetUninitializedObject(type) : null;
        }

        var target = Nullable.GetUnderlyingType(type) ?? type;
        try
        {
            return Simple(value, target) ?? Composite(value, target, options);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or OverflowException or FormatException or InvalidCastException or InvalidOperationException)
        {
            throw new JsConversionException($"JavaScript's {Describe(value)} cannot be read as {type}: {e.Message}", e);
        }
    }

    private static object? Simple(object value, Type target)
    {
        if (target.IsEnum)
        {
            return value switch
            {
                long number => Enum.ToObject(target, number),
                string name => Enum.Parse(target, name, ignoreCase: true),
                _ => null,
            };
        }

        return value switch
        {
            long or double or BigInteger => Number(value, target),
            string text when target == typeof(char) && text.Length == 1 => text[0],
            DateTimeOffset date when target == typeof(DateTime) => date.UtcDateTime,
            DateTimeOffset date when target == typeof(DateOnly) => DateOnly.FromDateTime(date.UtcDateTime),
            byte[] bytes when target == typeof(ReadOnlyMemory<byte>) => new ReadOnlyMemory<byte>(bytes),
            byte[] bytes when target == typeof(Memory<byte>) => new Memory<byte>(bytes),
            byte[] bytes when target == typeof(ArraySegment<byte>) => new ArraySegment<byte>(bytes),
            _ => null,
        };
    }

    private static object? Number(object value, Type target)
    {
        if (target == typeof(double) || target == typeof(float) || target == typeof(decimal) || target == typeof(Half))
        {
            var number = value is BigInteger integer ? (double)integer : Convert.ToDouble(value, CultureInfo.InvariantCulture);
            return target == typeof(double) ? number : target == typeof(float) ? (float)number : target == typeof(Half) ? (Half)number : value is BigInteger big ? (decimal)big : Convert.ToDecimal(value, CultureInfo.InvariantCulture);
        }

        var whole = value switch
        {
            BigInteger v => v,
            long v => v,
            double v when Math.Truncate(v) == v => new BigInteger(v),
            _ => (BigInteger?)null,
        };
        if (whole is not { } exact)
        {
            return IsInteger(target) ? throw new OverflowException("it is no integer.") : null;
        }

        return Type.GetTypeCode(target) switch
        {
            TypeCode.Int32 => (int)exact,
            TypeCode.Int64 => (long)exact,
            TypeCode.Byte => (byte)exact,
            TypeCode.SByte => (sbyte)exact,
            TypeCode.Int16 => (short)exact,
            TypeCode.UInt16 => (ushort)exact,
            TypeCode.UInt32 => (uint)exact,
            TypeCode.UInt64 => (ulong)exact,
            _ => target == typeof(BigInteger) ? exact : target == typeof(Int128) ? (Int128)exact : target == typeof(UInt128) ? (object)(UInt128)exact : null,
        };
    }

    private static bool IsInteger(Type type) => type == typeof(BigInteger) || type == typeof(Int128) || type == typeof(UInt128) || Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.UInt64;

    private static object? Composite(object value, Type target, JsonSerializerOptions options)
    {
        if (target.IsAssignableTo(typeof(ITuple)) && value is List<object?> items && target.IsGenericType)
        {
            var types = target.GetGenericArguments();
            return items.Count == types.Length
                ? Activator.CreateInstance(target, [.. items.Select((item, i) => To(item, types[i], options))])
                : throw new JsonException($"it has {items.Count} items, and the tuple {types.Length}.");
        }

        var scope = new HandleScope();
        var json = GraphJson.Write(value, scope);
        if (target == typeof(JsonElement))
        {
            return JsonElement.Parse(json.Span);
        }

        if (target == typeof(JsonNode) || target == typeof(JsonObject) || target == typeof(JsonArray) || target == typeof(JsonValue))
        {
            return JsonNode.Parse(json.Span);
        }

        var outer = HandleScope.Current;
        HandleScope.Current = scope;
        try
        {
            return JsonSerializer.Deserialize(json.Span, options.GetTypeInfo(target));
        }
        finally
        {
            HandleScope.Current = outer;
        }
    }

    private static string Describe(object value) => value switch
    {
        string => "string",
        bool => "boolean",
        long or double => "number",
        BigInteger => "BigInt",
        DateTimeOffset => "Date",
        JsFunction => "function",
        JsErrorValue => "Error",
        JsMap => "Map",
        HashSet<object?> => "Set",
        List<object?> => "array",
        Array => "typed array",
        _ => "object",
    };
}
