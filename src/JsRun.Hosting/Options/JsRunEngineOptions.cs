namespace JsRun;

/// <summary>The engine (section <c>JsRun:Engine</c>).</summary>
public sealed class JsRunEngineOptions
{
    /// <summary>Whether capabilities of V8 beneath ClearScript's API may be used (key <c>Native</c>).</summary>
    /// <value>The default is <see cref="JsNativeMode.Auto"/>.</value>
    public JsNativeMode Native { get; set; } = JsNativeMode.Auto;
}
