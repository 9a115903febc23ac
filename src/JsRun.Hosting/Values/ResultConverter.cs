using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using JsRun.Values.Json;

namespace JsRun.Values;

/// <summary>Reads a value that came out of JavaScript as the .NET type that the caller wants: itself if it is of that type, else by number, else through System.Text.Json.</summary>
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
            return type == typeof(JsonElement) ? JsonElement.Parse("null"u8) : DefaultValue.Of(type);
        }

        var target = Nullable.GetUnderlyingType(type) ?? type;
        try
        {
            var contracts = JsonContracts.Of(options);
            return Simple(value, target, contracts) ?? Composite(value, target, contracts);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            throw new JsConversionException($"JavaScript's {Describe(value)} cannot be read as {type}: {Explain(e)}", e);
        }
        catch (Exception e) when (e is not (JsRunException or OperationCanceledException))
        {
            // A constructor or a setter of the type: what it says is not for scripts.
            throw new JsConversionException($"JavaScript's {Describe(value)} cannot be read as {type}: it threw {e.GetType().Name}.", e) { IsHostFailure = true };
        }
    }

    private static object? Simple(object value, Type target, JsonContracts contracts)
    {
        if (contracts.HasConverter(target))
        {
            return null;
        }

        if (target.IsEnum)
        {
            return target.IsDefined(typeof(JsonConverterAttribute), inherit: false) ? null
                : EnumReader.Read(value, target) ?? (value is string && contracts.Sent.TryGetTypeInfo(target, out _) ? null : throw new JsonException(EnumReader.Explain(value, target)));
        }

        return value switch
        {
            long or double or BigInteger => Numbers.To(value, target),
            string text when target == typeof(char) && text.Length == 1 => text[0],
            DateTimeOffset date when target == typeof(DateTime) => date.UtcDateTime,
            DateTimeOffset date when target == typeof(DateOnly) => DateOnly.FromDateTime(date.UtcDateTime),
            byte[] bytes when target == typeof(ReadOnlyMemory<byte>) => new ReadOnlyMemory<byte>(bytes),
            byte[] bytes when target == typeof(Memory<byte>) => new Memory<byte>(bytes),
            byte[] bytes when target == typeof(ArraySegment<byte>) => new ArraySegment<byte>(bytes),
            JsErrorValue when target.IsAssignableTo(typeof(Exception)) && target.IsAssignableFrom(typeof(JavaScriptException)) => ReadOptions.ToException(value),
            _ => null,
        };
    }

    private static object? Composite(object value, Type target, JsonContracts contracts)
    {
        var scope = new HandleScope();
        var json = GraphJson.Write(value, scope);
        if (target == typeof(JsonElement) || target == typeof(JsonNode))
        {
            if (scope.HasHandles)
            {
                throw new JsonException($"{HandlePath.Of(value)} is a function or a stream, which have no JSON.");
            }

            var element = JsonElement.Parse(json.Span);
            return target == typeof(JsonElement) ? element : ReadOptions.ToNode(element, contracts.Read);
        }

        var outer = HandleScope.Current;
        HandleScope.Current = scope;
        try
        {
            return JsonSerializer.Deserialize(json.Span, contracts.Read.GetTypeInfo(target));
        }
        finally
        {
            HandleScope.Current = outer;
        }
    }

    /// <summary>Returns whether it says what is wrong with the value, and not with the host.</summary>
    private static bool IsRefusal(Exception e) =>
        e is JsonException || (e is OverflowException or FormatException or InvalidCastException && SerializerErrors.IsOfPlatform(e)) || SerializerErrors.IsOwn(e);

    private static string Explain(Exception e)
    {
        // Lines and columns are of a text that nobody sees.
        var message = e.Message.IndexOf(" | LineNumber", StringComparison.Ordinal) is var end and > 0 ? $"{e.Message[..end]}." : e.Message;
        return e is JsonException { Path: { Length: > 1 } path } && !message.Contains(path, StringComparison.Ordinal) ? $"{message} Path: {path}." : message;
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
        JsStream => "ReadableStream",
        HashSet<object?> => "Set",
        List<object?> => "array",
        Array => "typed array",
        _ => "object",
    };
}
