using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace JsRun.Values;

/// <summary>Writes what holds other values.</summary>
internal static class CompositeWriter
{
    public static void Write(ValueWriter writer, object value)
    {
        switch (value)
        {
            case IReadOnlyDictionary<string, object?> v: Properties(writer, v); return;
            case JsMap v: Map(writer, v); return;
            case JsErrorValue v: Error(writer, v); return;
            case JsonElement v: JsonWriter.Write(writer, v); return;
            case JsonDocument v: JsonWriter.Write(writer, v.RootElement); return;
            case JsonNode v: JsonWriter.Write(writer, v.Deserialize<JsonElement>()); return;
        }

        switch (ValueShapes.Of(value.GetType()))
        {
            case ValueShape.Tuple: Tuple(writer, (ITuple)value); break;
            case ValueShape.Set: Set(writer, (IEnumerable)value); break;
            case ValueShape.Dictionary: Dictionary(writer, (IDictionary)value); break;
            case ValueShape.List: List(writer, (IEnumerable)value); break;
            default: ContractWriter.Write(writer, value); break;
        }
    }

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

    private static void Dictionary(ValueWriter writer, IDictionary value)
    {
        writer.Enter(value, "dictionary");
        writer.Charge(ValueCost.In.Object);
        // Names make an object; any other keys make a Map, which is what has such keys in JavaScript.
        var isObject = value.Keys.Cast<object>().All(static k => k is string);
        writer.Text.Append(isObject ? '{' : 'M');
        foreach (DictionaryEntry entry in value)
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
                writer.Item(entry.Key);
            }

            writer.Item(entry.Value);
        }

        Close(writer);
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

    private static void Set(ValueWriter writer, IEnumerable value)
    {
        Open(writer, value, "set", ValueCost.In.Set, 'S');
        var index = 0;
        foreach (var item in value)
        {
            writer.Charge(ValueCost.In.Item);
            writer.Path.At(index++);
            writer.Text.Append('.');
            writer.Item(item);
        }

        Close(writer);
    }

    private static void Tuple(ValueWriter writer, ITuple value)
    {
        var items = new object?[value.Length];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = value[i];
        }

        List(writer, items);
    }

    private static void List(ValueWriter writer, IEnumerable value)
    {
        writer.Enter(value, "list");
        writer.Charge(ValueCost.In.List);
        if (value is ICollection { Count: var count } && value is IList list)
        {
            writer.Text.Append('[');
            writer.Text.Append(count);
            writer.Text.Append(':');
            for (var i = 0; i < count; i++)
            {
                Element(writer, list[i], i);
            }
        }
        else
        {
            // How many there are is known at the end only; it stands before them.
            var items = value.Cast<object?>().Take((int)Math.Min(writer.Limits.Bytes, int.MaxValue)).ToArray();
            writer.Text.Append('[');
            writer.Text.Append(items.Length);
            writer.Text.Append(':');
            for (var i = 0; i < items.Length; i++)
            {
                Element(writer, items[i], i);
            }
        }

        writer.Path.Leave();
    }

    private static void Element(ValueWriter writer, object? item, int index)
    {
        writer.Charge(ValueCost.In.Item);
        writer.Path.At(index);
        writer.Item(item);
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
