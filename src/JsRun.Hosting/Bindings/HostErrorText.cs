using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using JsRun.Diagnostics;

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
        JsHostException e => new(false, HostError, e.Code, ExceptionText.MessageOf(e), id),
        JsPermissionException e => new(false, "PermissionDenied", "permission-denied", ExceptionText.MessageOf(e), id),
        JsConversionException { IsHostFailure: true } e when expose => new(true, "TypeError", "conversion", $"{ExceptionText.MessageOf(e)} {ExceptionText.MessageOf(CauseOf(e))}", id),
        JsConversionException e => new(true, "TypeError", "conversion", ExceptionText.MessageOf(e), id),
        JavaScriptException e => new(false, e.Name, "script-error", e.JsMessage, id),
        OperationCanceledException e => new(false, "AbortError", "cancelled", expose ? ExceptionText.MessageOf(e) : $"The call of the host function '{function}' was cancelled.", id),
        TimeoutException or JsTimeoutException => new(false, "TimeoutError", "timeout", expose ? ExceptionText.MessageOf(Unwrap(exception)) : $"The host function '{function}' ran out of time.", id),
        var e => new(false, HostError, e.GetType().Name, expose ? ExceptionText.MessageOf(e) : $"The host function '{function}' failed.", id),
    };

    /// <summary>Returns whether the log says more about the exception than the script sees.</summary>
    public static bool IsFailure(Exception exception) => Unwrap(exception) is not (JsHostException or JsPermissionException or JsConversionException { IsHostFailure: false } or JavaScriptException or OperationCanceledException);

    /// <summary>The exception that matters.</summary>
    public static Exception Unwrap(Exception exception) => exception switch
    {
        TargetInvocationException { InnerException: { } inner } => Unwrap(inner),
        AggregateException { InnerExceptions: [var only] } => Unwrap(only),
        _ => exception,
    };

    private static Exception CauseOf(JsConversionException exception) => exception.InnerException switch
    {
        JsConversionException inner => CauseOf(inner),
        { } cause => cause,
        null => exception,
    };

    public string ToText() => Failed + JsonSerializer.Serialize(this, HostErrorTextJson.Default.HostErrorText);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HostErrorText))]
internal sealed partial class HostErrorTextJson : JsonSerializerContext;
