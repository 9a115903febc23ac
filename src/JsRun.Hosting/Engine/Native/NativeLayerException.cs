namespace JsRun.Engine.Native;

/// <summary>Why the native layer, or one capability of it, cannot be used here. Ends in a log line and the fallback, never in a caller's hands.</summary>
internal sealed class NativeLayerException(string message) : Exception(message);
