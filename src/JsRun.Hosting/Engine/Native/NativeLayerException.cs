namespace JsRun.Engine.Native;

/// <summary>The native layer, or one capability of it, cannot be used here. Ends in a log line and the fallback; no caller sees it.</summary>
internal sealed class NativeLayerException(string message) : Exception(message);
