using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace JsRun.Values;

/// <summary>
/// Writes objects as their contract of System.Text.Json tells, generated ones included: names and members from it, the members' values as everywhere else, so that a member may be a date, bytes or a function. A type
/// that has a converter of its own is written as the JSON that it makes.
/// </summary>
internal static class ContractWriter
{
    private static readonly ConditionalWeakTable<JsonPropertyInfo, JsonSerializerOptions> WithConverter = [];

    public static void Write(ValueWriter writer, object value)
    {
        var contract = ContractOf(writer, value);
        if (contract.Kind != JsonTypeInfoKind.Object || contract.PolymorphismOptions is not null)
        {
            WriteJson(writer, value, writer.Json);
            return;
        }

        writer.Enter(value, $"object ({value.GetType().Name})");
        writer.Charge(ValueCost.In.Object);
        writer.Text.Append('{');
        foreach (var property in contract.Properties)
        {
            if (property.Get is { } get)
            {
                WriteProperty(writer, value, property, get(value));
            }
        }

        writer.Text.Append('}');
        writer.Path.Leave();
    }

    private static void WriteProperty(ValueWriter writer, object value, JsonPropertyInfo property, object? item)
    {
        if (property.ShouldSerialize?.Invoke(value, item) == false)
        {
            return;
        }

        if (property.IsExtensionData)
        {
            WriteExtensionData(writer, item);
            return;
        }

        writer.Path.At(property.Name);
        writer.Key(property.Name);
        if (item is not null && property.CustomConverter is { } converter)
        {
            var options = WithConverter.GetValue(property, p => new JsonSerializerOptions(writer.Json) { Converters = { converter } });
            WriteJson(writer, item, options);
        }
        else
        {
            writer.Item(item);
        }
    }

    private static void WriteExtensionData(ValueWriter writer, object? data)
    {
        if (data is IEnumerable<KeyValuePair<string, object?>> objects)
        {
            foreach (var (key, item) in objects)
            {
                writer.Path.At(key);
                writer.Key(key);
                writer.Item(item);
            }
        }
        else if (data is IEnumerable<KeyValuePair<string, JsonElement>> elements)
        {
            foreach (var (key, item) in elements)
            {
                writer.Path.At(key);
                writer.Key(key);
                writer.Item(item);
            }
        }
    }

    private static void WriteJson(ValueWriter writer, object value, JsonSerializerOptions options)
    {
        try
        {
            JsonWriter.Write(writer, JsonSerializer.SerializeToElement(value, options.GetTypeInfo(value.GetType())));
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw writer.Refuse(value, e.Message, e);
        }
    }

    private static JsonTypeInfo ContractOf(ValueWriter writer, object value)
    {
        if (value is Delegate or Type or System.Reflection.MemberInfo or IntPtr or Task)
        {
            throw writer.Refuse(value, value is Delegate ? "a delegate crosses by BindFunction or BindObject" : "such a value has no equal in JavaScript");
        }

        try
        {
            return writer.Json.GetTypeInfo(value.GetType());
        }
        catch (Exception e) when (e is NotSupportedException or InvalidOperationException)
        {
            throw writer.Refuse(value, $"it has no contract of System.Text.Json. Where JsRuntimeOptions.JsonOptions uses generated contracts, add [JsonSerializable(typeof({value.GetType().Name}))]. {e.Message}", e);
        }
    }
}
