namespace JsRun;

/// <summary>The inspector (section <c>JsRun:Inspector</c>).</summary>
/// <remarks>Read when the host starts; later changes have no effect. Not thread-safe while it is being filled.</remarks>
public sealed class JsRunInspectorOptions
{
    /// <summary>Gets or sets a value that indicates whether the inspector's endpoint is served (key <c>Enabled</c>).</summary>
    /// <value>The default is <see langword="null"/>: never outside the Development environment. The inspector itself is not available yet: true stops the start.</value>
    public bool? Enabled { get; set; }

    /// <summary>The path of the inspector's endpoint (key <c>Path</c>).</summary>
    /// <value>The default is <c>/_jsrun/inspector</c>.</value>
    public string Path { get; set; } = "/_jsrun/inspector";
}
