namespace JsRun.Workers;

/// <summary>A worker gave no response: it has ended, or does not hear.</summary>
internal sealed class ForwardingException(string message, Exception? innerException) : Exception(message, innerException);
