using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using JsRun.Values.Json;

namespace JsRun.Values;

/// <summary>Writes what holds other values.</summary>
internal static class CompositeWriter
{
    /// <param name="writer">Where it goes.</param>
    /// <param name="value">What is written.</param>
    /// <param name="declared">What it is declared as: as System.Text.Json does, only what that type has is written. <see cref="object"/> declares nothing.</param>
    public static void Write(ValueWriter writer, object value, Type declared)
    {
        switch (value)
        {
            case JsMap v: Map(writer, v); return;
            case JsErrorValue v: Error(writer, v); return;
            case JavaScriptException { ThrownValue: { } v }: writer.Item(v); return;
            case Exception v: Error(writer, ErrorOf(v)); return;
            case JsonElement v: JsonWriter.Write(writer, v); return;
            case JsonDocument v: JsonWriter.Write(writer, v.RootElement); return;
            case JsonNode v: JsonWriter.Write(writer, v.Deserialize(ElementJson.Default.JsonElement)); return;
            case Array { Rank: > 1 }: throw writer.Refuse(value, "an array of several dimensions has no equal in JavaScript. Send an array of arrays.");
        }

        var expected = declared == typeof(object) ? TypeShape.Undeclared : TypeShape.Of(declared);
        if (expected.Kind == ValueShape.Contract && declared != typeof(object))
        {
            ContractWriter.Write(writer, value, declared);
            return;
        }

        var shape = TypeShape.Of(value.GetType());
        var item = expected.Item != typeof(object) && (expected.Kind == shape.Kind || (expected.Kind, shape.Kind) == (ValueShape.List, ValueShape.Set)) ? expected.Item : shape.Item;
        switch (shape.Kind)
        {
            case ValueShape.Tuple: Tuple(writer, (ITuple)value, shape.Items); break;
            case ValueShape.Set: Set(writer, (IEnumerable)value, item); break;
            case ValueShape.Dictionary when value is IReadOnlyDictionary<string, object?> members: Properties(writer, members); break;
            case ValueShape.Dictionary: Dictionary(writer, value, shape, item); break;
            case ValueShape.List: List(writer, (IEnumerable)value, item); break;
            default: ContractWriter.Write(writer, value, typeof(object)); break;
        }
    }

    /// <summary>An exception that is sent, not thrown: what it is and says, and nothing of the host's stack.</summary>
    private static JsErrorValue ErrorOf(Exception exception) => new()
    {
        Name = exception.GetType().Name,
        Message = exception.Message,
        Cause = exception is AggregateException ? null : exception.InnerException,
        Errors = exception is AggregateException several ? several.InnerExceptions : [],
        Properties = exception is JsHostException { Code: var code } ? new Dictionary<string, object?> { ["code"] = code } : new Dictionary<string, object?>(),
    };

    private static void Properties(ValueWriter writer, IReadOnlyDictionary<string, object?> value)
    {
        Open(writer, value, "dictionary", ValueCost.In.Object, '{');
        foreach (var (key, item) in value)
        {
            writer.Path.At(key);
            writer.Key(key);
            writer.Item(item);
        }

        Close(writer);
    }

    private static void Dictionary(ValueWriter writer, object value, TypeShape shape, Type declared)
    {
        writer.Enter(value, "dictionary");
        writer.Charge(ValueCost.In.Object);
        var entries = shape.Entries?.Invoke(value) ?? Entries((IDictionary)value);
        // Names make an object; any other keys make a Map, which is what has such keys in JavaScript.
        var isObject = shape.Key == typeof(string) || (shape.Key == typeof(object) && entries.All(static e => e.Key is string));
        writer.Text.Append(isObject ? '{' : 'M');
        foreach (var entry in entries)
        {
            writer.Path.At(entry.Key.ToString() ?? "");
            if (isObject)
            {
                writer.Key((string)entry.Key);
            }
            else
            {
                writer.Charge(ValueCost.In.Entry);
                writer.Text.Append('.');
                writer.Item(entry.Key, shape.Key);
            }

            writer.Item(entry.Value, declared);
        }

        Close(writer);
    }

    private static IEnumerable<DictionaryEntry> Entries(IDictionary value)
    {
        foreach (DictionaryEntry entry in value)
        {
            yield return entry;
        }
    }

    private static void Map(ValueWriter writer, JsMap value)
    {
        Open(writer, value, "map", ValueCost.In.Object, 'M');
        var index = 0;
        foreach (var (key, item) in value)
        {
            writer.Charge(ValueCost.In.Entry);
            writer.Path.At(index++);
            writer.Text.Append('.');
            writer.Item(key);
            writer.Item(item);
        }

        Close(writer);
    }

    private static void Set(ValueWriter writer, IEnumerable value, Type declared)
    {
        Open(writer, value, "set", ValueCost.In.Set, 'S');
        var index = 0;
        foreach (var item in value)
        {
            writer.Charge(ValueCost.In.Item);
            writer.Path.At(index++);
            writer.Text.Append('.');
            writer.Item(item, declared);
        }

        Close(writer);
    }

    private static void Tuple(ValueWriter writer, ITuple value, IReadOnlyList<Type> declared)
    {
        writer.Enter(value, "tuple");
        Start(writer, value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            Element(writer, value[i], i, i < declared.Count ? declared[i] : typeof(object));
        }

        writer.Path.Leave();
    }

    private static void List(ValueWriter writer, IEnumerable value, Type declared)
    {
        writer.Enter(value, "list");
        if (value is ICollection { Count: var count } && value is IList list)
        {
            Start(writer, count);
            for (var i = 0; i < count; i++)
            {
                Element(writer, list[i], i, declared);
            }
        }
        else
        {
            // How many there are is known at the end only; it stands before them.
            var items = value.Cast<object?>().Take((int)Math.Min(writer.Limits.Bytes, int.MaxValue)).ToArray();
            Start(writer, items.Length);
            for (var i = 0; i < items.Length; i++)
            {
                Element(writer, items[i], i, declared);
            }
        }

        writer.Path.Leave();
    }

    private static void Start(ValueWriter writer, int count)
    {
        writer.Charge(ValueCost.In.List);
        writer.Text.Append('[');
        writer.Text.Append(count);
        writer.Text.Append(':');
    }

    private static void Element(ValueWriter writer, object? item, int index, Type declared)
    {
        writer.Charge(ValueCost.In.Item);
        writer.Path.At(index);
        writer.Item(item, declared);
    }

    private static void Error(ValueWriter writer, JsErrorValue value)
    {
        writer.Enter(value, "error");
        writer.Text.Append('E');
        ScalarWriter.String(writer, value.Name);
        ScalarWriter.String(writer, value.Message);
        ScalarWriter.String(writer, value.Stack);
        writer.Text.Append("0;");
        if (value.Cause is not null)
        {
            writer.Text.Append('c');
            writer.Item(value.Cause);
        }

        if (value.Errors.Count > 0)
        {
            writer.Text.Append('a');
            writer.Item(value.Errors);
        }

        foreach (var (key, item) in value.Properties)
        {
            writer.Path.At(key);
            writer.Key(key);
            writer.Item(item);
        }

        Close(writer);
    }

    private static void Open(ValueWriter writer, object value, string kind, long cost, char tag)
    {
        writer.Enter(value, kind);
        writer.Charge(cost);
        writer.Text.Append(tag);
    }

    private static void Close(ValueWriter writer)
    {
        writer.Text.Append('}');
        writer.Path.Leave();
    }
}
