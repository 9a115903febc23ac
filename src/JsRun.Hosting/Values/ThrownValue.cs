using System.Globalization;

namespace JsRun.Values;

/// <summary>Makes an exception of what a script threw.</summary>
internal static class ThrownValue
{
    /// <param name="thrown">The value.</param>
    /// <param name="hostErrors">Finds the exception of the host's that an error stands for, by its number.</param>
    public static JavaScriptException ToException(object? thrown, Func<int, Exception?>? hostErrors = null)
    {
        if (thrown is not JsErrorValue error)
        {
            var text = Describe(thrown);
            return new JavaScriptException($"Uncaught {text}") { JsMessage = text, ThrownValue = thrown };
        }

        var cause = error.Cause is null ? null : ToException(error.Cause, hostErrors);
        return new JavaScriptException(error.ToString(), (error.HostError == 0 ? null : hostErrors?.Invoke(error.HostError)) ?? cause)
        {
            Name = error.Name,
            JsMessage = error.Message,
            JsStack = error.Stack,
            Cause = cause,
            Errors = [.. error.Errors.Select(e => ToException(e, hostErrors))],
            Properties = error.Properties,
            ThrownValue = error,
        };
    }

    private static string Describe(object? thrown) => thrown switch
    {
        null => "null",
        string text => text,
        bool value => value ? "true" : "false",
        IReadOnlyDictionary<string, object?> properties => properties.TryGetValue("message", out var message) && message is string text ? text : "[object Object]",
        System.Collections.ICollection => "[object]",
        _ => Convert.ToString(thrown, CultureInfo.InvariantCulture) ?? "",
    };
}
