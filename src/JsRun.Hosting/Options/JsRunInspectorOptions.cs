namespace JsRun;

/// <summary>The inspector (section <c>JsRun:Inspector</c>).</summary>
/// <remarks>Read when the host starts; later changes have no effect. Not thread-safe while it is being filled.</remarks>
public sealed class JsRunInspectorOptions
{
    /// <summary>Gets or sets a value that indicates whether the inspector's endpoint is served (key <c>Enabled</c>).</summary>
    /// <value>The default is <see langword="null"/>: in the Development environment only. Elsewhere the endpoint asks for authorization as well.</value>
    public bool? Enabled { get; set; }

    /// <summary>Gets or sets the path of the inspector's endpoint (key <c>Path</c>).</summary>
    /// <value>The default is <c>/_jsrun/inspector</c>.</value>
    public string Path { get; set; } = "/_jsrun/inspector";

    /// <summary>Gets or sets the segment of the endpoint's path that only those know who may debug (key <c>Token</c>).</summary>
    /// <value>16 to 128 letters, digits, <c>-</c> and <c>_</c>. The default is <see langword="null"/>: a random one, made at each start, which the log shows.</value>
    public string? Token { get; set; }
}
