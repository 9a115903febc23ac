namespace JsRun;

/// <summary>The engine (section <c>JsRun:Engine</c>).</summary>
/// <remarks>Read when the host starts; later changes have no effect. Not thread-safe while it is being filled.</remarks>
public sealed class JsRunEngineOptions
{
    /// <summary>Gets or sets a value that indicates whether JsRun may use capabilities of V8 that ClearScript's API does not offer (key <c>Native</c>).</summary>
    /// <value>The default is <see cref="JsNativeMode.Auto"/>.</value>
    public JsNativeMode Native { get; set; } = JsNativeMode.Auto;
}
