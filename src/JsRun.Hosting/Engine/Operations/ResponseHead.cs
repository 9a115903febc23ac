namespace JsRun.Engine.Operations;

/// <summary>What a handler answered, before the body.</summary>
/// <param name="Status">The status code.</param>
/// <param name="StatusText">The script's own text for it, as it is; empty for the usual one.</param>
/// <param name="Headers">The headers, flat.</param>
internal readonly record struct ResponseHead(int Status, string StatusText, string Headers);
