using System.Text.Json;
using System.Text.Json.Serialization;

namespace JsRun.Engine.Crossing;

/// <summary>What was thrown, as the kernel's <c>errors.ts</c> describes it.</summary>
internal sealed record ScriptError(string Name, string Message, string Stack)
{
    public ScriptError? Cause { get; init; }

    public string? Code { get; init; }

    /// <summary>The type of a thrown value that is not an error.</summary>
    public string? Thrown { get; init; }

    /// <summary>What the host knows the error by, where it was the host that raised it.</summary>
    public int Host { get; init; }

    public static ScriptError Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, ScriptErrorJson.Default.ScriptError) ?? new ScriptError("Error", text, "");
        }
        catch (JsonException)
        {
            return new ScriptError("Error", text, "");
        }
    }

    /// <param name="hostErrors">Finds the exception of the host's that an error stands for, by its number.</param>
    public JavaScriptException ToException(Func<int, Exception?>? hostErrors = null) =>
        new(JsErrorValue.Title(Name, Message), (Host == 0 ? null : hostErrors?.Invoke(Host)) ?? Cause?.ToException(hostErrors)) { Name = Name, JsMessage = Message, JsStack = Stack };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ScriptError))]
internal sealed partial class ScriptErrorJson : JsonSerializerContext;
