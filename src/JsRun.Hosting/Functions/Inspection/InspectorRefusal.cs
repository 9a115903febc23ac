using System.Text.Json;

namespace JsRun.Functions.Inspection;

/// <summary>Answers requests of debuggers that JsRun refuses.</summary>
internal static class InspectorRefusal
{
    private const string LiveEdit = "Debugger.setScriptSource";

    /// <summary>Returns the answer to a request that is refused, or <see langword="null"/> for all others.</summary>
    public static string? Of(string message)
    {
        if (!message.Contains(LiveEdit, StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(message);
            return json.RootElement.TryGetProperty("method", out var method) && method.ValueKind == JsonValueKind.String && method.GetString() == LiveEdit
                && json.RootElement.TryGetProperty("id", out var id) && id.TryGetInt32(out var number)
                ? $$$"""{"id":{{{number}}},"error":{"code":-32000,"message":"JsRun compiles modules: change the file instead, and it is deployed anew."}}"""
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // V8 says what is wrong with it.
            return null;
        }
    }
}
