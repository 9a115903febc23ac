namespace JsRun.Errors;

/// <summary>A host operation of JsRun itself failed.</summary>
internal sealed class JsInternalException(string message, Exception? innerException = null) : JsRunException(message, innerException);
