using System.Text.Json;

namespace JsRun.Values;

/// <summary>Reads a value where nothing says as what: the value that came out of JavaScript, as <c>object?</c> gets it everywhere.</summary>
internal static class GraphReader
{
    public static object? Read(ref Utf8JsonReader reader)
    {
        if (HandleScope.Current?.TryFind(ref reader, out var value) == true)
        {
            reader.Skip();
            return value;
        }

        return reader.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.String => Text(reader.GetString()!),
            JsonTokenType.Number => ValueReader.ToNumber(reader.GetDouble()),
            JsonTokenType.StartArray => Array(ref reader),
            _ => Object(ref reader),
        };
    }

    // What reads the parts of a function as a list reads nothing that a script wrote.
    private static string Text(string text) => HandleScope.Current?.Find(text) is null ? text : throw new JsonException("The value is a function or a stream.");

    private static object? Array(ref Utf8JsonReader reader)
    {
        var items = new List<object?>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String && HandleScope.Current?.Find(reader.GetString()!) is { } handle)
            {
                // A function, read out of a copy of the text: its number and the end of the array are left.
                reader.Read();
                reader.Read();
                return handle;
            }

            items.Add(Read(ref reader));
        }

        return items;
    }

    private static Dictionary<string, object?> Object(ref Utf8JsonReader reader)
    {
        var members = new Dictionary<string, object?>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            members[name] = Read(ref reader);
        }

        return members;
    }
}
