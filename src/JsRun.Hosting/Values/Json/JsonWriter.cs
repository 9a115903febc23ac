using System.Text.Json;

namespace JsRun.Values.Json;

/// <summary>Writes JSON as the value that <c>JSON.parse</c> would make of it.</summary>
internal static class JsonWriter
{
    public static void Write(ValueWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.Enter(new object(), "JSON object");
                writer.Charge(ValueCost.In.Object);
                writer.Text.Append('{');
                foreach (var property in element.EnumerateObject())
                {
                    writer.Path.At(property.Name);
                    writer.Key(property.Name);
                    Write(writer, property.Value);
                }

                writer.Text.Append('}');
                writer.Path.Leave();
                break;
            case JsonValueKind.Array:
                writer.Enter(new object(), "JSON array");
                writer.Charge(ValueCost.In.List);
                var count = element.GetArrayLength();
                writer.Text.Append('[');
                writer.Text.Append(count);
                writer.Text.Append(':');
                var index = 0;
                foreach (var item in element.EnumerateArray())
                {
                    writer.Charge(ValueCost.In.Item);
                    writer.Path.At(index++);
                    Write(writer, item);
                }

                writer.Path.Leave();
                break;
            case JsonValueKind.String:
                ScalarWriter.String(writer, element.GetString()!);
                break;
            case JsonValueKind.Number:
                if (element.TryGetInt64(out var integer) && integer != 0 && ValueWriter.IsSafe(integer))
                {
                    ScalarWriter.Integer(writer, integer);
                }
                else
                {
                    // Zero too: it may be a negative one.
                    ScalarWriter.Number(writer, element.GetDouble());
                }

                break;
            case JsonValueKind.True:
            case JsonValueKind.False:
                writer.Item(element.ValueKind == JsonValueKind.True);
                break;
            case JsonValueKind.Undefined:
                writer.Item(JsUndefined.Value);
                break;
            default:
                writer.Item(null);
                break;
        }
    }
}
