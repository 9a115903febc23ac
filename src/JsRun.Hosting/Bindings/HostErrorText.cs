using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace JsRun.Bindings;

/// <summary>What a script sees of an exception of the host's. Mirrors <c>JavaScript/src/bindings/host-error.ts</c>.</summary>
/// <param name="Type">Whether it is a <c>TypeError</c>.</param>
/// <param name="Name">The error's name.</param>
/// <param name="Code">What scripts tell errors apart by.</param>
/// <param name="Message">The message, which tells nothing that the host did not mean to.</param>
/// <param name="Id">What the host knows the exception by.</param>
internal sealed record HostErrorText(bool Type, string Name, string Code, string Message, int Id)
{
    /// <summary>The letter before the text: <c>JavaScript/src/bindings/call.ts</c>.</summary>
    private const char Failed = '!';

    private const string HostError = "HostError";

    /// <param name="exception">What was thrown.</param>
    /// <param name="function">The host function's name.</param>
    /// <param name="expose">Whether scripts see messages that were not written for them.</param>
    /// <param name="id">What the host knows the exception by.</param>
    public static HostErrorText Of(Exception exception, string function, bool expose, int id) => Unwrap(exception) switch
    {
        JsHostException e => new(false, HostError, e.Code, e.Message, id),
        JsPermissionException e => new(false, "PermissionDenied", "permission-denied", e.Message, id),
        JsConversionException e => new(true, "TypeError", "conversion", e.Message, id),
        JavaScriptException e => new(false, e.Name, "script-error", e.Message, id),
        OperationCanceledException e => new(false, "AbortError", "cancelled", expose ? e.Message : $"The call of the host function '{function}' was cancelled.", id),
        TimeoutException or JsTimeoutException => new(false, "TimeoutError", "timeout", expose ? exception.Message : $"The host function '{function}' ran out of time.", id),
        var e => new(false, HostError, e.GetType().Name, expose ? e.Message : $"The host function '{function}' failed.", id),
    };

    /// <summary>Whether the exception tells whoever runs the host more than the script is told.</summary>
    public static bool IsFailure(Exception exception) => Unwrap(exception) is not (JsHostException or JsPermissionException or JsConversionException { IsHostFailure: false } or JavaScriptException or OperationCanceledException);

    /// <summary>The exception that matters.</summary>
    public static Exception Unwrap(Exception exception) => exception switch
    {
        TargetInvocationException { InnerException: { } inner } => Unwrap(inner),
        AggregateException { InnerExceptions: [var only] } => Unwrap(only),
        _ => exception,
    };

    public string ToText() => Failed + JsonSerializer.Serialize(this, HostErrorTextJson.Default.HostErrorText);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HostErrorText))]
internal sealed partial class HostErrorTextJson : JsonSerializerContext;
