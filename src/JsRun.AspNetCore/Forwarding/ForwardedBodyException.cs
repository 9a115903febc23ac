namespace JsRun.AspNetCore.Forwarding;

/// <summary>The body of a forwarded response broke off.</summary>
internal sealed class ForwardedBodyException(string message, Exception? innerException) : JsRunException(message, innerException);
