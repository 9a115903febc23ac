namespace JsRun.Values;

/// <summary>A value of JavaScript as text.</summary>
/// <param name="Kind">What kind of value it is.</param>
/// <param name="Text">The value's text; <see cref="string.Empty"/> for <c>undefined</c>.</param>
internal readonly record struct JsResult(JsResultKind Kind, string Text);
